// What is kept is there after the program is gone, whole or not at all.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { CannotStart } from './cannot-start.ts'
import { kept } from './kept.ts'

describe('a kept thing', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kept-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))
  const box = () => kept(join(folder, 'things', 'box.json'), z.object({ notes: z.int() }))

  it('is null before anything was written', () => {
    expect(box().read()).toBeNull()
  })

  it('is read back by another', () => {
    box().write({ notes: 1 })
    box().write({ notes: 2 })
    expect(box().read()).toEqual({ notes: 2 })
    expect(readdirSync(join(folder, 'things'))).toEqual(['box.json'])
  })

  it.each([
    ['is not JSON', '{"notes":'],
    ['has another form', '{"notes":"many"}'],
  ])('says how to start over when the file %s', (_, content) => {
    box().write({ notes: 1 })
    writeFileSync(join(folder, 'things', 'box.json'), content)
    expect(() => box().read()).toThrow(CannotStart)
    expect(() => box().read()).toThrow('--fresh')
  })

  it('does not see a write that was cut off', () => {
    box().write({ notes: 1 })
    writeFileSync(join(folder, 'things', 'box.json.new'), '{"not')
    expect(box().read()).toEqual({ notes: 1 })
  })
})
