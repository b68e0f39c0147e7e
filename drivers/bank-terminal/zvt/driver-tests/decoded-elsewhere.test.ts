// The frames of a whole payment, read by a decoder that is not ours: tshark's (devices.md 10.12).
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hexOf } from '../bytes.ts'
import { newTerminal } from '../simulator/truth.ts'
import { vectors } from '../vectors.ts'
import { readyBench } from './bench.ts'

const isThere = (program: string): boolean =>
  spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0

/** Link type 147 is the first one that a user may name. */
const asZvt = 'uat:user_dlts:"User 0 (DLT=147)","zvt","0","","0",""'

/** For each frame the fields asked for; several of one kind are joined with commas. */
const decoded = (frames: readonly string[], fields: readonly string[]): string[][] => {
  const folder = mkdtempSync(join(tmpdir(), 'zvt-'))
  try {
    const [text, capture] = [join(folder, 'frames.txt'), join(folder, 'frames.pcap')]
    writeFileSync(text, frames.map((hex) => `000000 ${hex}\n`).join(''))
    execFileSync('text2pcap', ['-l', '147', text, capture], { stdio: 'ignore' })
    const out = execFileSync(
      'tshark',
      [
        '-r',
        capture,
        '-o',
        asZvt,
        '-T',
        'fields',
        ...fields.flatMap((one) => ['-e', `zvt.${one}`]),
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    )
    return out
      .trimEnd()
      .split('\n')
      .map((row) => row.split('\t'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** `apt-get install tshark` brings both. */
const canDecode = isThere('tshark') && isThere('text2pcap')

test.skipIf(!canDecode)('a payment means to tshark what it means to us', async () => {
  // Nothing in this payment has to be doubled: this decoder does not undo that.
  const truth = newTerminal({ terminalId: '29002006', nextReceipt: 42, nextTrace: 612345 })
  const it = await readyBench({ terminal: { truth }, driver: { terminalId: '29002006' } })
  await it.authorised({ how: 'insert', wrongPins: 1 }, 2345)
  it.confirm()
  await it.until('stored 42')
  it.stop()
  const frames = it.line.map(({ bytes }) => hexOf(bytes)).filter((hex) => hex.startsWith('10 02'))
  const rows = decoded(frames, [
    'control_field',
    'amount',
    'trace_number',
    'terminal_id',
    'result_code',
    'int_status',
    'date',
    'time',
    'crc',
  ])
  expect(rows).toHaveLength(frames.length)
  const of = (control: string) => rows.filter(([name]) => name === control)
  expect(of('0x0601').map(([, amount]) => amount)).toEqual(['2345'])
  const { at = '' } = it.receipt() ?? {}
  const [, month, day, ...time] = at.match(/../g) === null ? [] : ['', ...(at.match(/../g) ?? [])]
  expect(of('0x040f').map((row) => row.slice(1, 5))).toEqual([
    ['2345', '612345', '29002006', '0x00'],
  ])
  expect(of('0x040f')[0]?.slice(6, 8)).toEqual([`${month}/${day}`, time.join(':')])
  expect(of('0x04ff').map((row) => Number(row[5]))).toEqual([0x0a, 0x01, 0x15, 0x01, 0x04, 0x0b])
  expect(of('0x06d1')).toHaveLength(7)
  // The checksum stands where it looks for it, low byte first.
  for (const [at, row] of rows.entries()) {
    const [low, high] = (frames[at] ?? '').split(' ').slice(-2)
    if (!frames[at]?.includes('10 10')) expect(row[8]).toBe(`0x${high}${low}`.toLowerCase())
  }
})

test.skipIf(!canDecode)('the published frames are frames to tshark too', () => {
  const plain = vectors.filter(({ frame }) => !frame.includes('10 10'))
  const rows = decoded(
    plain.map(({ frame }) => frame),
    ['crc'],
  )
  const ends = plain.map(({ frame }) => frame.split(' ').slice(-2).reverse().join('').toLowerCase())
  expect(rows.map(([crc]) => crc)).toEqual(ends.map((end) => `0x${end}`))
})
