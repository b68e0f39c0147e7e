// Days of random payments, faults and power cuts from a seed: what the kiosk believes and what the terminal has charged agree.
import { expect, test } from 'vitest'
import { seededChance } from '../../../../test/manual-clock.ts'
import { control } from '../requests.ts'
import * as behaviours from '../simulator/behaviours.ts'
import { readyBench, type Bench } from './bench.ts'
import { clerkAt, type Clerk } from './clerk.ts'

const runs = Number(process.env['RUNS'] ?? 60)
const firstSeed = Number(process.env['SEED'] ?? 1)

type Dice = {
  upTo: (limit: number) => number
  oneOf: <Thing>(things: readonly Thing[]) => Thing
}

const diceOf = (seed: number): Dice => {
  const fill = seededChance(seed)
  const upTo = (limit: number) => {
    const bytes = new Uint8Array(4)
    fill(bytes)
    return new DataView(bytes.buffer).getUint32(0) % limit
  }
  return {
    upTo,
    oneOf: (things) => {
      const thing = things[upTo(things.length)]
      if (thing === undefined) throw new Error('nothing to choose from')
      return thing
    },
  }
}

const messages = [
  control.done,
  control.authorise,
  control.intermediateStatus,
  control.statusInformation,
  control.printLine,
  control.completed,
  control.aborted,
]

/** Something goes wrong, somewhere, a few times. */
const trouble = (it: Bench, clerk: Clerk, dice: Dice): (() => void) => {
  const to = dice.oneOf(messages)
  const times = 1 + dice.upTo(4)
  const arrow = dice.oneOf(behaviours.arrows)
  const offMs = dice.oneOf([0, 2_000, 20_000, 90_000])
  switch (dice.upTo(9)) {
    case 0:
      return it.terminal.behave(behaviours.missesFrames({ to, times }))
    case 1:
      return it.terminal.behave(behaviours.losesFrames({ to, times }))
    case 2:
      return it.terminal.behave(behaviours.garbles({ to, times }))
    case 3:
      return it.terminal.behave(behaviours.losesOwnAcks({ to, times }))
    case 4:
      return it.terminal.behave(behaviours.saysTwice({ to }))
    case 5:
      return it.terminal.behave(behaviours.missesAcks({ times }))
    case 6:
      return it.terminal.behave(
        behaviours.at(arrow, ({ powerOff, powerOn }) => {
          powerOff()
          it.clock.after(offMs, powerOn)
        }),
      )
    case 7:
      return it.terminal.behave(behaviours.at(arrow, () => clerk.crash({ downMs: offMs })))
    default:
      it.clock.after(dice.upTo(30_000), () => void it.unplug())
      it.clock.after(30_000 + offMs, it.plugIn)
      return () => {}
  }
}

/** One payment with whatever goes wrong, until nobody has a doubt any more. */
const payment = async (it: Bench, dice: Dice): Promise<Clerk['books']> => {
  const clerk = clerkAt(it, {
    refuses: dice.upTo(4) === 0,
    deliverMs: dice.oneOf([100, 8_000, 70_000]),
  })
  const ends = Array.from({ length: 1 + dice.upTo(2) }, () => trouble(it, clerk, dice))
  it.terminal.reachBank(dice.upTo(8) !== 0)
  it.authorise()
  let shown = false
  await it.untilSo(() => {
    if (!shown && it.terminal.waitsForPerson()) {
      shown = true
      it.terminal.presentCard({
        how: dice.oneOf(['tap', 'insert']),
        says: dice.oneOf(['approve', 'approve', 'approve', 'decline']),
      })
      it.clock.after(60_000, it.terminal.removeCard)
    }
    return clerk.books.verdict !== 'open'
  }, 'a verdict')
  for (const end of ends) end()
  clerk.leave()
  it.terminal.reachBank(true)
  it.plugIn()
  return clerk.books
}

const ready = async (it: Bench) => {
  it.forget()
  await it.clock.advance(300_000)
  it.terminal.removeCard()
  await it.clock.advance(60_000)
}

test.each(Array.from({ length: runs }, (_, run) => firstSeed + run))(
  'a day of seed %i: every verdict is true, and nobody is charged twice',
  async (seed) => {
    const dice = diceOf(seed)
    const it = await readyBench()
    let believed = 0
    for (let sale = 0; sale < 6; sale += 1) {
      const { verdict, goods, receipt } = await payment(it, dice)
      if (verdict === 'charged') {
        believed += 2000
        // Nobody pays for what stayed in the kiosk.
        expect(goods).toBe('out')
        expect(receipt).not.toBeNull()
      }
      await ready(it)
      expect({ seed, sale, charged: it.charged() }).toEqual({ seed, sale, charged: believed })
    }
    expect(it.states()).not.toContain('authorised')
    it.stop()
  },
  60_000,
)
