// A technician at a whole kiosk: the key, a card, the menu, tests, the cash box, and the kiosk handed back.
import { setTimeout as realPause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { JournalLine } from '../../domain/journal-entry.ts'
import type {
  ServiceChoice,
  ServiceRow,
  ServiceTitle,
} from '../../ui/kiosk/service/service-page.ts'
import { boxPersons } from '../box-persons.ts'
import { inService, leave, payWithOneNote } from '../customer.ts'
import { inABox } from '../in-a-box.ts'
import type { KioskInABox } from '../kiosk-in-a-box.ts'

type Who = { number: string; pin: string }

const handsOf = (box: KioskInABox) => {
  const journal = () => box.journal().map((line) => JournalLine.parse(JSON.parse(line)).entry)
  const page = (title: ServiceTitle) =>
    box.screen('service', ({ page: shown }) => shown.title === title)
  const type = (digits: string) => {
    for (const digit of digits) box.press({ type: 'digit', digit: Number(digit) })
  }
  const titleNow = (): ServiceTitle | null => {
    const { screen } = box.view()
    return screen.kind === 'service' ? screen.page.title : null
  }
  const choose = (choice: ServiceChoice) => box.press({ type: 'choose', choice })
  const signIn = async ({ number, pin }: Who) => {
    await page('who are you')
    type(number)
    box.press({ type: 'confirm' })
    await page('your pin')
    type(pin)
    box.press({ type: 'confirm' })
    // A PIN is looked at in real time: no time of the kiosk passes meanwhile.
    for (let looks = 0; looks < 500 && titleNow() === 'your pin'; looks++) await realPause(10)
  }
  return {
    page,
    type,
    choose,
    signIn,
    /** With the key, to the menu. */
    comeIn: async (who: Who) => {
      await box.screen('attract')
      box.key.turnKey(true)
      await signIn(who)
      return page('menu')
    },
    /** Turns the key back and opens the kiosk. */
    handBack: async () => {
      box.key.turnKey(false)
      await page('readiness')
      choose('open')
    },
    journal,
    acts: () =>
      journal().flatMap((entry) =>
        entry.type === 'service.done' ? [[entry.act, entry.result]] : [],
      ),
  }
}

describe('a technician at the kiosk', () => {
  it('turns the key, proves who they are, looks and hands the kiosk back', () =>
    inABox(async (box) => {
      const { comeIn, page, choose, handBack, journal } = handsOf(box)
      const menu = await comeIn(boxPersons.technician)
      expect(menu.person).toEqual({ name: 'Technician', role: 'technician' })
      choose('devices')
      await page('devices')
      choose('noteAcceptor')
      await page('noteAcceptor')
      const ready = (row: ServiceRow | undefined) =>
        row?.value.kind === 'word' && row.value.word === 'ready'
      // It has just been switched on.
      const { page: shown } = await box.screen('service', ({ page: { rows } }) => ready(rows[0]))
      const { rows } = shown
      expect(rows[0]).toMatchObject({ label: 'state', value: { word: 'ready' }, mark: 'well' })
      await handBack()
      await box.screen('attract')
      expect(journal().map(({ type }) => type)).toEqual(
        expect.arrayContaining(['service.begun', 'service.ended']),
      )
      expect(box.audit()).toEqual([])
    }))

  it('waits for the customer who is being served', () =>
    inABox(async (box) => {
      const { page } = handsOf(box)
      await box.screen('attract')
      box.insert('plain-sale')
      await box.screen('account')
      box.key.turnKey(true)
      await box.pass(5_000)
      expect(box.view().screen.kind).toBe('account')
      box.press({ type: 'cancel' })
      await box.screen('take card')
      box.reader.remove()
      await page('who are you')
      expect(box.audit()).toEqual([])
    }))

  it('comes in with a management card and a PIN too, and with no other service card', () =>
    inABox(async (box) => {
      const { page, type, journal } = handsOf(box)
      await box.screen('attract')
      box.insert('service-card')
      await box.screen('refused')
      box.press({ type: 'service' })
      await box.pass(2_000)
      expect(box.view().screen.kind).toBe('refused')
      box.reader.remove()
      await box.screen('attract')
      box.insert('management-card')
      await box.screen('refused')
      box.press({ type: 'service' })
      await box.screen('take card')
      box.reader.remove()
      await page('your pin')
      type(boxPersons.technician.pin)
      box.press({ type: 'confirm' })
      expect((await page('menu')).person?.name).toBe('Technician')
      expect(journal()).toContainEqual(
        expect.objectContaining({ type: 'service.begun', by: 'card', person: '4711' }),
      )
    }))

  it('who mistypes is told so, and after three times waits, over a restart too', () =>
    inABox(async (box) => {
      const { page, signIn, journal } = handsOf(box)
      await box.screen('attract')
      box.key.turnKey(true)
      for (let tries = 0; tries < 3; tries++) {
        await signIn({ ...boxPersons.technician, pin: '0000' })
        if (tries < 2) {
          await box.screen(
            'service',
            ({ page: shown }) => shown.sentence === 'wrong' && shown.typing !== null,
          )
        }
      }
      await page('locked')
      await box.restart()
      // The switch repeats that it is on.
      await signIn(boxPersons.technician)
      await page('locked')
      await box.pass(31_000)
      await signIn(boxPersons.technician)
      await page('menu')
      expect(journal().filter(({ type }) => type === 'service.refused')).toHaveLength(3)
    }))

  it('who leaves without a word is gone after ten minutes, and the kiosk serves again', () =>
    inABox(async (box) => {
      const { comeIn, journal } = handsOf(box)
      await comeIn(boxPersons.technician)
      await box.pass(601_000)
      await box.screen('attract')
      expect(journal()).toContainEqual(
        expect.objectContaining({ type: 'service.ended', why: 'nobody there' }),
      )
    }))
})

describe('a kiosk that was closed on site', () => {
  it('serves nobody, over a restart too, until somebody opens it', () =>
    inABox(async (box) => {
      const { comeIn, page, choose, signIn, journal } = handsOf(box)
      await comeIn(boxPersons.technician)
      choose('close')
      await page('close')
      choose('close for a fault')
      await box.screen('service', ({ page: shown }) => shown.sentence === 'closed now')
      box.key.turnKey(false)
      await page('readiness')
      choose('leave closed')
      await box.screen('out of service', ({ why }) => why === 'by the operator')
      expect(journal()).toContainEqual(
        expect.objectContaining({ type: 'kiosk.closed', reason: 'fault' }),
      )
      await box.restart()
      await box.screen('out of service', ({ why }) => why === 'by the operator')
      box.insert('plain-sale')
      await box.pass(3_000)
      expect(box.view().screen.kind).toBe('out of service')
      box.reader.remove()
      box.key.turnKey(true)
      await signIn(boxPersons.technician)
      await page('menu')
      box.key.turnKey(false)
      await page('readiness')
      choose('open')
      await box.screen('attract')
      expect(box.audit()).toEqual([])
    }))
})

describe('what is set on site', () => {
  it('is there after a restart too: how loud it is, and the language customers are met in', () =>
    inABox(async (box) => {
      const { comeIn, page, choose, handBack } = handsOf(box)
      await comeIn(boxPersons.technician)
      choose('settings')
      await page('settings')
      const before = box.view().volume
      choose('volume down')
      await box.screen('service', ({ page: shown }) => shown.sentence === 'saved')
      choose('chinese')
      await box.until('it is set', () => box.view().volume === before - 1)
      await box.screen('service', ({ page: { rows } }) =>
        rows.some(({ value }) => value.kind === 'text' && value.text === 'zh'),
      )
      await handBack()
      await box.screen('attract')
      await box.restart()
      await box.screen('attract')
      expect(box.view()).toMatchObject({ language: 'zh', volume: before - 1 })
    }))
})

describe('a test on site', () => {
  it('P2: of the note acceptor gives the note back and leaves the books as they were', () =>
    inABox(async (box) => {
      const { comeIn, page, choose, handBack, acts } = handsOf(box)
      await comeIn(boxPersons.technician)
      choose('devices')
      await page('devices')
      choose('noteAcceptor')
      // It has just been switched on, and says what it is when it is ready.
      await box.screen('service', ({ page: shown }) => shown.choices.includes('test'))
      choose('test')
      await box.screen('service', ({ page: shown }) => shown.sentence === 'insert a note')
      await box.feed(5000)
      await box.until(
        'the note is back',
        () => Object.values(box.notes.truth().givenBack).length > 0,
      )
      await box.screen('service', ({ page: shown }) => shown.sentence === 'test passed')
      expect(acts()).toContainEqual(['test noteAcceptor', 'passed'])
      expect(box.notes.truth().cashBox.notes).toEqual({})
      await handBack()
      await box.screen('attract')
      expect(box.audit()).toEqual([])
    }))

  it('of the printer brings its page out', () =>
    inABox(async (box) => {
      const { comeIn, page, choose } = handsOf(box)
      await comeIn(boxPersons.technician)
      choose('paper')
      await page('paper')
      choose('test page')
      await box.screen('service', ({ page: shown }) => shown.sentence === 'look at the paper')
      choose('seen')
      await box.screen('service', ({ page: shown }) => shown.sentence === 'test passed')
      expect(box.printer.receipts().length).toBeGreaterThan(0)
    }))
})

describe('the cash box', () => {
  it('P2: is exchanged by two persons, counted blind, and the next sale begins a new count', () =>
    inABox(async (box) => {
      const { comeIn, page, type, choose, journal, handBack } = handsOf(box)
      await inService(box)
      await payWithOneNote(box, 'plain-sale', 50)
      await leave(box)
      const menu = await comeIn(boxPersons.collector)
      expect(menu.page.choices).not.toContain('restart')
      choose('cash box')
      const { rows } = (await page('cash box')).page
      expect(rows.map(({ label }) => label)).not.toContain('value in box')
      choose('exchange')
      await page('exchange: begin')
      choose('count here')
      const confirm = (digits: string) => {
        type(digits)
        box.press({ type: 'confirm' })
      }
      // Whatever is asked for: the notes value by value (one of 50.00 is in the box), the numbers, and the second person.
      const answers: Partial<Record<ServiceTitle, (of: number | null) => void>> = {
        'exchange: how many': (of) => confirm(of === 5000 ? '1' : '0'),
        'exchange: count': () => box.press({ type: 'confirm' }),
        'exchange: seal': () => confirm('900001'),
        'exchange: put in': () => {
          if (!box.notes.truth().cashBox.in) box.putBoxIn()
        },
        'exchange: new box': () => confirm('18'),
        'exchange: new seal': () => confirm('900002'),
        witness: () => confirm(boxPersons.supervisor.number),
        'witness pin': () => confirm(boxPersons.supervisor.pin),
      }
      for (let steps = 0; steps < 60; steps++) {
        const { page: shown } = await box.screen('service', () => true)
        if (shown.title === 'exchange: compare' || shown.title === 'exchange: done') break
        if (shown.title === 'exchange: take out') {
          if (shown.confirm) confirm('17')
          else if (box.notes.truth().cashBox.in) box.takeBoxAway()
        } else answers[shown.title]?.(shown.typing?.of ?? null)
        await box.pass(100)
      }
      await page('exchange: compare')
      expect(journal().filter(({ type: is }) => is === 'box.exchanged')).toHaveLength(1)
      expect(journal().find(({ type: is }) => is === 'box.counted')).toMatchObject({
        person: '2001',
      })
      await box.until('both slips are out', () => box.printer.receipts().length >= 3)
      box.press({ type: 'confirm' })
      await page('exchange: done')
      choose('leave')
      await page('cash box')
      await handBack()
      await payWithOneNote(box, 'plain-sale', 20)
      box.press({ type: 'confirm' })
      await box.screen('take card')
      await leave(box)
      await box.pass(10_000)
      expect(box.audit({ atRest: true })).toEqual([])
    }))
})
