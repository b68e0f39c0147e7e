// A kiosk whose disk is full, read-only or gone in the middle of a sale: no more money, the truth on the screen, and a new
// start that finds all of it.
import type { Screen } from '../../ui/kiosk/screen.ts'
import { inService, leave, payCash, payWithOneNote } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'
import { recordsFolder } from './working-records.ts'
import type { Trouble, TroubledDisk } from './troubled-disk.ts'

/** A sentence for each thing that is not as it must be. */
export const kioskInTrouble = async (disk: TroubledDisk, trouble: Trouble): Promise<string[]> => {
  const box = await kioskInABox({ dataFolder: recordsFolder(disk.folder) })
  const flaws: string[] = []
  const must = (isSo: boolean, what: string) => {
    if (!isSo) flaws.push(what)
  }
  try {
    await payCash(box, 'plain-sale', 50)
    await box.feed(2000)
    await box.screen('insert notes', ({ inserted }) => inserted === 2000)
    await disk.strike(trouble)
    const told = await untilOutOfService(box)
    const taken = inBox(box)
    must(told.some(isReferred), 'the customer was given no reference')
    must(sumTold(told) === taken, `${taken} was taken, the customer was told of ${sumTold(told)}`)
    must(!box.notes.takesNotes(), 'the acceptor still takes notes')
    must(box.notes.truth().note === null, 'a note is stuck half way')

    box.insert('no-account-money')
    await box.pass(10_000)
    must(box.view().screen.kind === 'out of service', 'the next customer is served')
    must(inBox(box) === taken, 'money was taken from the next customer')
    box.reader.remove()

    await disk.mend()
    await box.restart()
    await inService(box)
    await box.pass(3_000)
    flaws.push(...box.audit())
    await payWithOneNote(box, 'no-account-money', 50)
    box.press({ type: 'confirm' })
    await box.screen('take card', ({ after }) => after.kind === 'bought')
    await leave(box)
    flaws.push(...box.audit())
  } catch (error) {
    flaws.push(error instanceof Error ? error.message : String(error))
  } finally {
    await box.close()
  }
  return flaws
}

const inBox = (box: KioskInABox): number =>
  Object.entries(box.notes.truth().cashBox.notes).reduce(
    (sum, [value, count]) => sum + Number(value) * count,
    0,
  )

/** Goes on as a customer does who wants energy for the notes; gives every screen that told something of money. */
const untilOutOfService = async (box: KioskInABox): Promise<Screen[]> => {
  const told: Screen[] = []
  for (let steps = 0; steps < 600; steps++) {
    await box.pass(200)
    const { screen } = box.view()
    switch (screen.kind) {
      case 'insert notes':
        if (box.notes.takesNotes()) box.notes.insert(1000)
        break
      case 'confirm purchase':
        box.press({ type: 'confirm' })
        break
      case 'mishap':
        told.push(screen)
        box.press({ type: 'done' })
        break
      case 'refused':
      case 'take card':
        told.push(screen)
        box.reader.remove()
        break
      case 'out of service':
        return told
      default:
    }
  }
  throw new Error(`the kiosk goes on; the screen is ${JSON.stringify(box.view().screen)}`)
}

const isReferred = (screen: Screen): boolean =>
  screen.kind === 'mishap' ||
  (screen.kind === 'take card' && ['on paper', 'on screen'].includes(screen.receipt.kind))

/** How much of the customer's money the screens account for. */
const sumTold = (told: readonly Screen[]): number =>
  Math.max(
    0,
    ...told.map((screen) => {
      if (screen.kind === 'mishap') return 'amount' in screen.money ? (screen.money.amount ?? 0) : 0
      if (screen.kind !== 'take card') return 0
      const { after } = screen
      if (after.kind === 'bought') return after.paid
      return 'amount' in after ? (after.amount ?? 0) : 0
    }),
  )
