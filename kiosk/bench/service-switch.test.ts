// The maintenance key and the doors of the bench, as the hand at them finds them.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { done } from './act.ts'
import { benchServiceSwitch, type BenchServiceSwitch } from './service-switch.ts'

describe.runIf(process.platform === 'linux')('the key switch of the bench', () => {
  let folder: string
  let bench: BenchServiceSwitch
  const begin = () => {
    bench = benchServiceSwitch({
      file: join(folder, 'service-switch.json'),
      path: join(folder, 'wires', 'key'),
      onChange: () => {},
    })
  }
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bench-key-'))
    begin()
  })
  afterEach(() => {
    bench.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('a key that was turned stays turned when the bench is started again', () => {
    expect(bench.turnKey(true)).toEqual(done)
    bench.close()
    begin()
    expect(bench.panel()).toEqual({
      keyOn: true,
      open: { cabinet: false, cash: false },
      plugged: true,
    })
  })

  it('the cash compartment opens only behind an open cabinet', () => {
    expect(bench.setOpen('cash', true).kind).toBe('refused')
    expect(bench.setOpen('cabinet', true)).toEqual(done)
    expect(bench.setOpen('cash', true)).toEqual(done)
    expect(bench.panel().open).toEqual({ cabinet: true, cash: true })
  })

  it('unplugged, the key turns and nobody hears of it', () => {
    expect(bench.setPlugged(false)).toEqual(done)
    expect(bench.turnKey(true)).toEqual(done)
    expect(bench.panel()).toMatchObject({ keyOn: true, plugged: false })
  })
})
