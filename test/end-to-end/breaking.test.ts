import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Act, NoteFault } from '../../ui/bench/panel.ts'
import { atTheBench, lacking, until, wholeTestMs, type AtTheBench } from './at-the-bench.ts'

let person: AtTheBench
const notesIn = () => person.bench.truth().cashBox.reduce((sum, { count }) => sum + count, 0)

const insertNotes = async (card: string) => {
  const { insert, press, heading } = person
  await insert(card)
  await heading(/^Good/)
  await press('Buy electricity')
  await press('¥50')
  await press(/Banknotes/)
  await heading('Insert notes, one by one')
}
const paid = async (card: string) => {
  await insertNotes(card)
  await person.feed(5000)
  await person.heading('Is this right?')
}

describe.skipIf(lacking() !== null)(
  'something goes wrong on real wires:',
  { timeout: wholeTestMs },
  () => {
    beforeAll(async () => {
      person = await atTheBench()
    }, wholeTestMs)
    afterAll(() => person.close(), wholeTestMs)
    afterEach(async () => {
      await person.takeCard()
      await person.settled()
      expect(person.audit()).toEqual([])
    }, wholeTestMs)

    it.each([1, 2, 3, 4])(
      'the card is pulled after command %i of its write; put back, it gets its energy',
      async (commands) => {
        const { bench, act, insert, press, heading, sees, takeCard, carryHome } = person
        await paid('plain-sale')
        await act({ type: 'card.pull-after', commands })
        await press(/^Write/)
        await until('the card is out', () => bench.panel().slot.card === null)
        await heading('Put the same card back in')
        await sees('Your money is safe: the order stands until your card has it.')
        expect(person.audit()).toEqual([])
        await insert('plain-sale')
        await heading('Take your card')
        await sees('on your card')
        await takeCard()
        await carryHome('plain-sale')
      },
    )

    it('the card is pulled and not put back: the order waits, and the card settles it later', async () => {
      const { act, insert, press, heading, sees, takeCard, settled, carryHome } = person
      await paid('plain-sale')
      await act({ type: 'card.pull-after', commands: 2 })
      await press(/^Write/)
      await heading('Put the same card back in')
      await press('Do it later')
      await sees('Reference')
      await press('Done')
      await settled()
      expect(person.audit()).toEqual([])
      await insert('plain-sale')
      await heading('Your last purchase is not on the card yet')
      await press(/^Write/)
      await heading('Take your card')
      await sees('on your card')
      await takeCard()
      await carryHome('plain-sale')
    })

    it('a torn note is given back, and the next one is taken', async () => {
      const { bench, act, press, heading, sees } = person
      const before = notesIn()
      await insertNotes('no-account-money')
      await until('the note slot is open', () => bench.panel().notes.state === 'open')
      await act({ type: 'note.insert-bad' })
      await sees(/not recogni|could not be read|refused|back/i)
      await person.feed(2000)
      await sees('¥30.00 still to pay')
      expect(notesIn()).toBe(before + 1)
      await press('Cancel')
      await press('Yes, to my account')
      await heading('Take your card')
    })

    it.each<NoteFault>(['jam', 'cash box full', 'cash box removed', 'unplugged', 'silent'])(
      '%s with a note in: no more is taken, and what is in buys energy',
      async (fault) => {
        const { act, press, heading, sees, takeCard, carryHome } = person
        await insertNotes('plain-sale')
        await person.feed(2000)
        await sees('¥30.00 still to pay')
        await act({ type: 'notes.fault', fault, on: true })
        await heading('Is this right?')
        await press(/^Write/)
        await heading('Take your card')
        await sees('on your card')
        await act({ type: 'notes.fault', fault, on: false })
        await takeCard()
        await carryHome('plain-sale')
      },
    )

    it('the acceptor is another unit: cash is closed, and the account still pays', async () => {
      const { act, insert, press, heading, page } = person
      await act({ type: 'notes.fault', fault: 'swapped unit', on: true })
      await page.getByText('Not working just now').first().waitFor()
      await insert('rich-account')
      await heading(/^Good/)
      await press('Buy electricity')
      await press('¥50')
      await heading('How will you pay?')
      await press(/My account/)
      await heading('Is this right?')
      await press('Cancel')
      await act({ type: 'notes.fault', fault: 'swapped unit', on: false })
    })

    it('the printer is out of paper: the receipt is on the screen', async () => {
      const { act, press, heading, sees, takeCard, carryHome, bench } = person
      const papers = bench.papers().length
      await act({ type: 'printer.fault', fault: 'paper out', on: true })
      await paid('plain-sale')
      await press(/^Write/)
      await heading('Take your card')
      await takeCard()
      await sees('It could not be printed. Take a picture of it.')
      await act({ type: 'printer.fault', fault: 'paper out', on: false })
      await carryHome('plain-sale')
      expect(bench.papers()).toHaveLength(papers)
    })

    it('the centre is out of reach: nothing is sold until it is back', async () => {
      const { act, sees } = person
      await act({ type: 'centre.away', on: true })
      await sees('Closed for the moment')
      await act({ type: 'centre.away', on: false })
    })

    it('the centre goes away when the money is in: the customer is told, and it arrives', async () => {
      const { act, press, heading, insert, sees, takeCard, settled } = person
      await paid('order-loaded')
      await act({ type: 'centre.away', on: true })
      await press(/^Write/)
      await sees('Reference')
      await act({ type: 'centre.away', on: false })
      await press('Done')
      await takeCard()
      await settled()
      await insert('order-loaded')
      await heading(/^Good/)
    })

    it.each<[string, Act]>([
      ['while a card is in', { type: 'kiosk.kill' }],
      ['of the reader', { type: 'reader.unplug', on: true }],
    ])('the power goes %s: the kiosk is back by itself', async (_, broken) => {
      const { act, insert, heading, takeCard, page } = person
      await insert('rich-account')
      await heading(/^Good/)
      await act(broken)
      if (broken.type === 'reader.unplug') await act({ type: 'reader.unplug', on: false })
      await page.reload()
      await takeCard()
    })

    it('the kiosk loses its power with notes in: they are on the account when it is back', async () => {
      const { bench, act, page, insert, heading, sees, takeCard, settled } = person
      await insertNotes('second-meter')
      await person.feed(2000)
      await sees('¥30.00 still to pay')
      await act({ type: 'kiosk.kill' })
      await takeCard()
      await until('the kiosk is back', () => bench.programs.kiosk.state() === 'running')
      await page.reload()
      await settled()
      await insert('second-meter')
      await heading(/^Good/)
    })
  },
)
