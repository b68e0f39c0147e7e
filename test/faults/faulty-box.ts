// A kiosk in a box with traps on every boundary, and somebody who puts right what a trap has broken.
import type { Line } from '../kiosk-in-a-box.ts'
import { kioskInABox } from '../kiosk-in-a-box.ts'
import { faultyCable } from './faulty-cable.ts'
import { faultyDisk } from './faulty-disk.ts'
import { faultyLine } from './faulty-line.ts'
import { faultyReader } from './faulty-reader.ts'
import { faultyStore } from './faulty-store.ts'
import { newLife, type Life } from './life.ts'
import type { Traps } from './traps.ts'

/** How long a plug is out, and a centre's program away. */
const plugOutMs = 6_000
const centreDownMs = 2_000
const lookMs = 50

export type FaultyBox = Awaited<ReturnType<typeof faultyBox>>

export const faultyBox = async (traps: Traps) => {
  let life: Life = newLife()
  const pull = (line: Line) => {
    box.unplug(line)
    box.clock.after(plugOutMs, box.plugIn)
  }
  const pullReader = () => {
    box.reader.unplug()
    box.clock.after(plugOutMs, box.reader.plugIn)
  }
  const box = await kioskInABox({
    between: (reach) => {
      const ours = newLife()
      life = ours
      const wait = (ms: number) => Promise.race([box.clock.wait(ms), ours.ended])
      const of = { traps, life: ours, wait }
      return {
        disk: faultyDisk({ ...of, disk: reach.disk }),
        fetch: faultyLine({ ...of, fetch: reach.fetch, monotonic: () => box.clock.monotonic() }),
        cardService: faultyReader({ ...of, service: reach.cardService, pull: pullReader }),
        cable: (line) =>
          line === 'terminal'
            ? reach.cable(line)
            : faultyCable({
                ...of,
                line,
                after: (ms, call) => box.clock.after(ms, call),
                pull: () => pull(line),
              }),
      }
    },
  })
  const store = faultyStore({
    path: box.centre.databasePath,
    traps,
    onEnd: () => box.centre.goAway(),
  })
  /** The power of the kiosk goes, and is back. A start may wait for a disk: time goes on meanwhile. */
  const startAgain = async (): Promise<void> => {
    life.end()
    const start = { over: false }
    const starting = box.restartAfterCrash().finally(() => {
      start.over = true
    })
    starting.catch(() => undefined)
    while (!start.over) await box.pass(lookMs)
    await starting
  }
  /** As supervision does: a program that has ended, or says that it is of no more use, is started again. */
  const supervise = async (): Promise<{ kioskRestarted: boolean }> => {
    if (box.centre.problem() !== null || store.hasEnded()) {
      box.centre.goAway()
      await box.pass(centreDownMs)
      store.beginAnew()
      await box.centre.restart()
      box.centre.comeBack()
    }
    if (!life.hasEnded()) return { kioskRestarted: false }
    await startAgain()
    return { kioskRestarted: true }
  }
  return {
    box,
    supervise,
    startAgain,
    close: async () => {
      store.close()
      life.end()
      await box.close()
    },
  }
}
