import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Screen } from '../../ui/kiosk/screen.ts'
import { inService, insertCard, leave, payCash, payWithOneNote } from '../customer.ts'
import { failingDisk, type DiskFault } from '../failing-disk.ts'
import { kioskInABox, type BoxOptions, type KioskInABox } from '../kiosk-in-a-box.ts'

const boxOfTest = async (options: BoxOptions = {}): Promise<KioskInABox> => {
  const box = await kioskInABox(options)
  onTestFinished(() => box.close())
  return box
}

const megabyte = 1024 * 1024
const inBox = (box: KioskInABox): number =>
  Object.entries(box.notes.truth().cashBox.notes).reduce(
    (sum, [value, count]) => sum + Number(value) * count,
    0,
  )

/** Buys for 50.00 with three notes, as far as the kiosk lets it; every screen that told something of money. */
const buyAsFarAsPossible = async (box: KioskInABox, card: string): Promise<Screen[]> => {
  const told: Screen[] = []
  const notes = [2000, 2000, 1000]
  let tried = false
  box.insert(card)
  for (let steps = 0; steps < 400; steps++) {
    await box.pass(100)
    const { screen } = box.view()
    switch (screen.kind) {
      case 'account':
        box.press({ type: 'buy' })
        break
      case 'choose amount':
        box.press({ type: 'suggestion', value: 50 })
        break
      case 'choose tender':
        // Whoever is sent back here has got every note back.
        box.press(tried ? { type: 'cancel' } : { type: 'tender', tender: 'cash' })
        tried = true
        break
      case 'insert notes':
        if (box.notes.takesNotes()) box.notes.insert(notes.shift() ?? 1000)
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
      case 'attract':
      case 'out of service':
        if (!box.reader.present() || screen.kind === 'out of service') return told
        break
      default:
    }
  }
  throw new Error(`the sale has no end; the screen is ${JSON.stringify(box.view().screen)}`)
}

/** What a screen says of the customer's money: how much of it is accounted for. */
const moneyTold = (screen: Screen): number => {
  if (screen.kind === 'mishap') return 'amount' in screen.money ? (screen.money.amount ?? 0) : 0
  if (screen.kind !== 'take card') return 0
  const { after } = screen
  if (after.kind === 'deposited' || after.kind === 'returned to account') return after.amount
  if (after.kind === 'held in order') return after.amount
  return after.kind === 'bought' ? after.paid : 0
}

/** On paper or on the screen, the sale has a name to ask for it by. */
const isReferred = (screen: Screen): boolean =>
  screen.kind === 'mishap' ||
  (screen.kind === 'take card' && ['on paper', 'on screen'].includes(screen.receipt.kind))

/** A sale whose disk fails at this call of the journal; 'not reached' when it makes fewer. */
const sellWithFailure = async (fault: DiskFault, n: number): Promise<'failed' | 'not reached'> => {
  const disk = failingDisk()
  const box = await kioskInABox({ journal: { openFile: disk.openFile } })
  try {
    await inService(box)
    disk.failAt(fault, n)
    const told = await buyAsFarAsPossible(box, 'plain-sale')
    if (!disk.hasFailed()) return 'not reached'
    const at = `call ${n} of the journal`
    const taken = inBox(box)
    expect(Math.max(0, ...told.map(moneyTold)), at).toBe(taken)
    expect(told.some(isReferred) || taken === 0, at).toBe(true)
    // Whoever comes next finds the kiosk out of service, or at least gets every note back.
    if (box.view().screen.kind === 'attract') await buyAsFarAsPossible(box, 'no-account-money')
    expect(box.view().screen, at).toMatchObject({ kind: 'out of service', why: 'journal' })
    expect(inBox(box), at).toBe(taken)
    expect(box.notes.takesNotes(), at).toBe(false)
    expect(box.notes.truth().note, at).toBeNull()

    disk.mend()
    box.reader.remove()
    await box.restart()
    await leave(box)
    await box.pass(3_000)
    expect(box.audit(), at).toEqual([])
    return 'failed'
  } finally {
    await box.close()
  }
}

describe.each<DiskFault>(['half a write', 'no sync'])(
  'P1 P4 P5 P7: when the disk fails at any moment of a sale (%s),',
  (fault) => {
    it('no more money is taken, the customer is told where it is, and a new start finds it', async () => {
      // Three sales at a time: each waits for its own disk most of the time.
      let next = 1
      let reached = 0
      const seller = async (): Promise<void> => {
        const n = next++
        if ((await sellWithFailure(fault, n)) === 'not reached') return
        reached = Math.max(reached, n)
        return seller()
      }
      await Promise.all([seller(), seller(), seller()])
      expect(reached).toBeGreaterThan(7)
    }, 240_000)
  },
)

describe('P1 J6: a disk that is nearly full', () => {
  it('lets the sale that is going on come to its end, and no other begin', async () => {
    let free = 1024 * megabyte
    const box = await boxOfTest({ journal: { freeBytes: () => Promise.resolve(free) } })
    await payCash(box, 'plain-sale', 50)
    free = 1 * megabyte
    await box.pass(31_000)
    box.press({ type: 'more time' })
    await box.feed(5000)
    await box.screen('confirm purchase')
    box.press({ type: 'confirm' })
    expect((await box.screen('take card')).after).toMatchObject({ kind: 'bought', paid: 5000 })
    box.reader.remove()
    await box.screen('out of service', ({ why }) => why === 'journal')
    box.insert('no-account-money')
    await box.pass(5_000)
    expect(box.view().screen.kind).toBe('out of service')
    expect(box.notes.takesNotes()).toBe(false)
    expect(box.audit()).toEqual([])
    box.reader.remove()

    free = 1024 * megabyte
    await inService(box)
    await payWithOneNote(box, 'no-account-money', 50)
    box.press({ type: 'confirm' })
    expect((await box.screen('take card')).after).toMatchObject({ kind: 'bought', paid: 5000 })
    await leave(box)
    expect(box.audit()).toEqual([])
  })

  it('that is full from the start on takes no money, and serves as soon as there is room', async () => {
    let free = 0
    const box = await boxOfTest({ journal: { freeBytes: () => Promise.resolve(free) } })
    await box.pass(5_000)
    expect(box.view().screen).toMatchObject({ kind: 'out of service', why: 'journal' })
    free = 1024 * megabyte
    expect((await insertCard(box, 'plain-sale')).canBuy).toBe(true)
    await leave(box)
    expect(box.audit()).toEqual([])
  })
})

it('P4 P6: a journal that was changed while the kiosk was off is not sold upon, and says so', async () => {
  const box = await boxOfTest()
  await payWithOneNote(box, 'plain-sale', 50)
  box.press({ type: 'confirm' })
  await box.screen('take card')
  await leave(box)
  await box.restart({
    meanwhile: (path) => writeFileSync(path, readFileSync(path, 'utf8').replace('5000', '1000')),
  })
  await box.pass(5_000)
  expect(box.view().screen).toMatchObject({ kind: 'out of service', why: 'journal' })
  expect(box.notes.takesNotes()).toBe(false)
  expect(box.audit()).toEqual([expect.stringMatching(/^journal line \d+ was changed$/)])
})
