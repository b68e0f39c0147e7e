import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { inService, leave, payWithOneNote } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'
import { actsAndFaults, actsOfPeople, afterwards, peopleAt, type Act } from '../random-visits.ts'

const screenOf = (box: KioskInABox): string => {
  const { screen } = box.view()
  return screen.kind === 'please wait' ? `please wait for ${screen.for}` : screen.kind
}

/** How far the acts of all runs have come. */
const seen = new Set<string>()

/** P7: money is in, and the customer is told where it is and under which name. */
const isTold = (box: KioskInABox): void => {
  const { screen } = box.view()
  if (screen.kind !== 'mishap') return
  expect(screen.reference.words).toHaveLength(4)
  expect(screen.reference.number).not.toBe('')
}

/** So long after everything is well the journal is at the centre, and the acceptor has told what it has counted. */
const journalTimeMs = 15_000
/** Alarms about the journal and the cash of a kiosk: nothing that people do there is a cause for one. */
const ofKiosk = /^journal|^cash|^note against/

/** One kiosk, and whatever people do at it; then all adds up, and the next customer is served as if nothing had been. */
const visits = async (acts: readonly Act[], log: (line: string) => void): Promise<void> => {
  const box = await kioskInABox()
  try {
    await inService(box)
    const perform = peopleAt(box)
    for (const act of acts) {
      await perform(act)
      log(`${JSON.stringify(act)} -> ${screenOf(box)}`)
      seen.add(screenOf(box))
      isTold(box)
      expect(box.audit()).toEqual([])
    }
    await afterwards(box)
    log('everybody leaves')
    await leave(box)
    await box.pass(journalTimeMs)
    expect(box.audit({ atRest: true })).toEqual([])
    expect(box.alarms().filter(({ kind }) => ofKiosk.test(kind))).toEqual([])
    await payWithOneNote(box, 'no-account-money', 50)
    box.press({ type: 'confirm' })
    expect((await box.screen('take card')).after).toMatchObject({ kind: 'bought', paid: 5000 })
    await leave(box)
    expect(box.audit()).toEqual([])
  } finally {
    await box.close()
  }
}

/** Another seed, or more of it, is for a night of its own. */
const seed = Number(process.env['SEED'] ?? 5)
const runs = Number(process.env['RUNS'] ?? 8)
const shrinkingLimitMs = 90_000

it.each([
  [
    'P2 P3 P5 P7: whatever is pressed, put in and taken out, in any order, all adds up',
    actsOfPeople,
  ],
  ['P2 P3 P4 P5 P7: and with a fault at any moment, too', actsAndFaults],
])(
  '%s',
  async (_, acts) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(acts, { minLength: 20, maxLength: 60, size: 'max' }),
        fc.context(),
        (sequence, context) => visits(sequence, (line) => context.log(line)),
      ),
      {
        seed,
        numRuns: runs,
        interruptAfterTimeLimit: shrinkingLimitMs * runs,
        markInterruptAsFailure: true,
      },
    )
  },
  shrinkingLimitMs * runs + 30_000,
)

it('which all that has tried on every screen on which money is at stake', () => {
  expect([...seen]).toEqual(
    expect.arrayContaining([
      'choose tender',
      'insert notes',
      'more than chosen',
      'confirm purchase',
      'confirm deposit',
      'confirm cancel',
      'open order',
      'put card back',
      'mishap',
      'take card',
    ]),
  )
})
