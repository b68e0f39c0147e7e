// The kiosk stops in the middle of a purchase and starts again: whoever may still be standing there is told where the money
// is, on the screen and on paper, and the card that is seen again decides.
import { afterEach, describe, expect, it } from 'vitest'
import { inService, insertCard, leave, payCash, payWithOneNote } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'
import { stoppingDisk, type Stop } from '../stopping-disk.ts'

let box: KioskInABox
afterEach(() => box.close())

const openActs = () => box.unresolved().map(({ what }) => what)
const asksFor = (request: Parameters<typeof fetch>[0], what: string): boolean =>
  typeof request === 'string' && request.endsWith(`/v1/${what}`)
const papers = () => box.printer.receipts().length

/** A note of 50 is paid and confirmed, and the kiosk stops at an entry, before the centre has any proof. */
const stopsAt = async (stop: Stop, meanwhile: () => void) => {
  const disk = stoppingDisk(stop)
  let restarted = false
  box = await kioskInABox({
    journal: { openFile: disk.openFile },
    line: (centre) => (request, init) =>
      asksFor(request, 'proofs') && !restarted
        ? Promise.reject(new TypeError('the line is down'))
        : centre(request, init),
  })
  await paidUntilStopped(disk, () => {
    restarted = true
    meanwhile()
  })
}

/** The purchase up to the stop, and the next start; `meanwhile` the kiosk is off. */
const paidUntilStopped = async (disk: ReturnType<typeof stoppingDisk>, meanwhile: () => void) => {
  await payWithOneNote(box, 'plain-sale', 50)
  box.press({ type: 'confirm' })
  const visit = box.until('the kiosk stops', disk.stopped)
  await Promise.race([disk.whenStopped, visit])
  const restarting = box.restart()
  disk.letGo()
  meanwhile()
  await restarting
  await visit
}

describe('P4 P7: a customer whose kiosk stops', () => {
  it('with a note in the box is told that it is in the account, on screen and on paper', async () => {
    box = await kioskInABox()
    await payCash(box, 'plain-sale', 50)
    await box.feed(2000)
    await box.screen('insert notes', ({ inserted }) => inserted === 2000)
    box.reader.remove()
    await box.restart()
    const told = await box.screen('interrupted', ({ slip }) => slip === 'on paper')
    expect(told).toMatchObject({
      money: [{ kind: 'in the account', amount: 2000 }],
      energy: 'not on the card',
      cardIn: false,
    })
    expect(papers()).toBe(1)
    box.press({ type: 'done' })
    await inService(box)
    expect(openActs()).toEqual([])
    expect(box.audit()).toEqual([])
  })

  it('before any money was in is told nothing', async () => {
    box = await kioskInABox()
    await payCash(box, 'plain-sale', 50)
    box.reader.remove()
    await box.restart()
    await box.until('it is in service or tells something', () =>
      ['attract', 'interrupted'].includes(box.view().screen.kind),
    )
    expect(box.view().screen.kind).toBe('attract')
    await box.pass(30_000)
    expect(papers()).toBe(0)
  })

  it('while the centre is away is told what is known, and the slip says it too', async () => {
    let away = false
    box = await kioskInABox({
      line: (centre) => (request, init) =>
        away ? Promise.reject(new TypeError('the line is down')) : centre(request, init),
    })
    await payCash(box, 'plain-sale', 50)
    await box.feed(2000)
    await box.screen('insert notes', ({ inserted }) => inserted === 2000)
    away = true
    box.reader.remove()
    await box.restart()
    const told = await box.screen('interrupted')
    expect(told.money).toEqual([{ kind: 'on its way to the account', amount: 2000 }])
    expect(openActs()).toContain('sale not settled')
    away = false
    await box.screen('interrupted', ({ money }) => money[0]?.kind === 'in the account')
    box.press({ type: 'done' })
    await inService(box)
    expect(openActs()).toEqual([])
  })

  it('does not keep the next one waiting: a card ends what is told', async () => {
    box = await kioskInABox()
    await payCash(box, 'plain-sale', 50)
    await box.feed(2000)
    await box.screen('insert notes', ({ inserted }) => inserted === 2000)
    box.reader.remove()
    await box.restart()
    await box.screen('interrupted')
    box.insert('rich-account')
    await box.screen('account')
    await leave(box)
    // Paper comes when the printer has it, whoever is being served meanwhile.
    await box.until('the slip is on paper', () => papers() > 0 && openActs().length === 0)
    await box.pass(5_000)
    expect(papers()).toBe(1)
  })

  it('and went away is not waited for', async () => {
    box = await kioskInABox()
    await payCash(box, 'plain-sale', 50)
    await box.feed(2000)
    await box.screen('insert notes', ({ inserted }) => inserted === 2000)
    box.reader.remove()
    await box.restart()
    await box.screen('interrupted')
    await inService(box)
  })

  it('and stops again, before there was paper, is told again; and the slip is printed once', async () => {
    box = await kioskInABox()
    await payCash(box, 'plain-sale', 50)
    await box.feed(2000)
    await box.screen('insert notes', ({ inserted }) => inserted === 2000)
    box.printer.runOutOfPaper()
    box.reader.remove()
    await box.restart()
    await box.screen('interrupted', ({ slip }) => slip === 'comes later')
    expect(openActs()).toEqual(['slip not printed'])
    await box.restart()
    await box.screen('interrupted', ({ slip }) => slip === 'comes later')
    // The next customer sees nothing of it.
    await insertCard(box, 'rich-account')
    await leave(box)
    await box.restart()
    await inService(box)
    expect(papers()).toBe(0)
    box.printer.insertPaper()
    await box.until('the slip is printed', () => papers() === 1)
    await box.until('it is journalled', () => openActs().length === 0)
    await box.restart()
    await inService(box)
    await box.pass(30_000)
    expect(papers()).toBe(1)
  })
})

describe('P3 P4: a kiosk that stopped while it wrote a card', () => {
  const written: Stop = { after: 'card.writing', when: 'acted on' }
  const notBegun: Stop = { after: 'card.writing', when: 'on disk' }

  it.each<[string, Stop]>([
    ['had written it', written],
    ['had not begun', notBegun],
  ])(
    'and %s, the card still in: tells, then looks at it, and the card decides',
    async (_, stop) => {
      await stopsAt(stop, () => undefined)
      const told = await box.screen('interrupted')
      expect(told).toMatchObject({
        money: [{ kind: 'in the order', amount: 5000 }],
        energy: 'card decides',
        cardIn: true,
      })
      expect(openActs()).toContain('card unknown')
      box.press({ type: 'done' })
      await box.until('the card is judged', () =>
        ['open order', 'account', 'refused', 'take card', 'thank you'].includes(
          box.view().screen.kind,
        ),
      )
      if (box.view().screen.kind === 'open order') {
        expect(stop).toBe(notBegun)
        box.press({ type: 'finish order' })
        const { after } = await box.screen('take card')
        expect(after).toMatchObject({ kind: 'bought', paid: 5000 })
      }
      await leave(box)
      await box.until('nothing is open', () => openActs().length === 0)
      expect(box.audit()).toEqual([])
    },
  )

  it('and the card is gone: says that it decides when it is put in again, and at the next visit it does', async () => {
    await stopsAt(written, () => box.reader.remove())
    const told = await box.screen('interrupted', ({ slip }) => slip === 'on paper')
    expect(told).toMatchObject({ energy: 'card decides', cardIn: false })
    box.press({ type: 'done' })
    await inService(box)
    expect(openActs()).toEqual(['card unknown'])
    box.insert('plain-sale')
    await box.until('the card is judged', () => box.view().screen.kind !== 'attract')
    await box.pass(5_000)
    await leave(box)
    await box.until('nothing is open', () => openActs().length === 0)
    expect(box.audit()).toEqual([])
  })

  it('and another card is in: serves that one at once, and prints the slip all the same', async () => {
    await stopsAt(written, () => {
      box.reader.remove()
      box.insert('rich-account')
    })
    await box.until('somebody is served', () =>
      ['account', 'interrupted'].includes(box.view().screen.kind),
    )
    expect(box.view().screen.kind).toBe('account')
    await leave(box)
    await box.until('the slip is printed', () => papers() === 1)
    await box.until('it is journalled', () => !openActs().includes('slip not printed'))
    expect(openActs()).toEqual(['card unknown'])
    expect(box.audit()).toEqual([])
  })

  it('and the centre knows already what is on it: says so at once', async () => {
    const disk = stoppingDisk({ after: 'card.writing', when: 'acted on' })
    box = await kioskInABox({ journal: { openFile: disk.openFile } })
    await paidUntilStopped(disk, () => box.reader.remove())
    const told = await box.screen('interrupted', ({ slip }) => slip === 'on paper')
    expect(told).toMatchObject({
      money: [{ kind: 'paid for energy', amount: 5000 }],
      energy: 'on the card',
    })
    expect(openActs()).toEqual([])
    expect(box.audit()).toEqual([])
  })
})

describe('P1 P4: an order that was going back to the account when the kiosk stopped', () => {
  it('is named, goes back under the id it was asked for under, and its customer is told', async () => {
    let away = false
    const ids: string[] = []
    box = await kioskInABox({
      line: (centre) => (request, init) => {
        if (!asksFor(request, 'returns')) return centre(request, init)
        const body = typeof init?.body === 'string' ? init.body : ''
        ids.push((JSON.parse(body) as { requestId: string }).requestId)
        return away ? Promise.reject(new TypeError('the line is down')) : centre(request, init)
      },
    })
    // An older purchase that is proven not to be on the card.
    await payWithOneNote(box, 'plain-sale', 50)
    box.reader.pullAfter(2)
    box.press({ type: 'confirm' })
    await box.screen('put card back')
    box.press({ type: 'done' })
    await box.screen('mishap')
    box.press({ type: 'done' })
    await inService(box)
    box.insert('plain-sale')
    await box.screen('open order', ({ mayReturn }) => mayReturn)
    away = true
    box.press({ type: 'return order' })
    await box.until('it is asked for', () => ids.length > 0)
    box.reader.remove()
    await box.restart()
    expect(openActs()).toContain('order being returned')
    away = false
    await box.screen('interrupted', ({ money }) => money[0]?.kind === 'in the account')
    box.press({ type: 'done' })
    await inService(box)
    await box.until('nothing is open', () => openActs().length === 0)
    expect(new Set(ids).size).toBe(1)
    expect(box.audit()).toEqual([])
  })
})
