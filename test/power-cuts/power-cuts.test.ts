// The short form of `npm run power-cuts`: a fixed seed, a few cuts of each store, and a centre on disks that fail. A kiosk on failing
// disks is in scenarios/disk.test.ts.
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { startRig, whyNotHere } from './rig.ts'

/** Longer than any sound run on a busy machine; a rig that hangs is taken away with all it has made. */
const longestMs = 240_000
const why = whyNotHere()

// What cannot run here is said to be skipped, never to have passed.
it.skipIf(why !== null)(
  `P1 P2 P4 P5: nothing acknowledged is lost when the power is cut under journal, counters and centre${why === null ? '' : ` (not run: ${why})`}`,
  async () => {
    const rig = startRig(['--seed', '42', '--cuts', '8', '--brief'], ['ignore', 'pipe', 'pipe'])
    const tooLong = setTimeout(() => rig.kill('SIGKILL'), longestMs)
    let said = ''
    const hear = (chunk: Buffer) => (said += chunk.toString())
    rig.stdout?.on('data', hear)
    rig.stderr?.on('data', hear)
    const [code] = (await once(rig, 'close')) as [number | null]
    clearTimeout(tooLong)
    expect(code, said).toBe(0)
    expect(said).toContain('24 power cuts, 0 of them lost an acknowledged record')
    for (const control of ['append without sync', 'SQLite WAL + NORMAL']) {
      expect(said).toMatch(
        new RegExp(`control: ${control.replace('+', '\\+')} .* [1-9]\\d* with loss`),
      )
    }
    expect(said.match(/centre, disk (full|read-only|gone) +holds/g)).toHaveLength(3)
  },
  longestMs + 20_000,
)
