import { expect, it } from 'vitest'
import type { NotesPanel } from '../../ui/bench/panel.ts'
import { longPatienceMs, until, pressIfThere } from './at-the-bench.ts'
import { journalOf } from './evidence-of-bench.ts'
import { onRealWires } from './on-real-wires.ts'
import { comeIn, isWritten, oneNoteIn, payCash, payFromAccount, promised } from './visits.ts'

type Place = NonNullable<NotesPanel['inPath']>['where']

onRealWires('on real wires, without power:', {}, (person) => {
  const firstScreen = () => person().heading(/Insert your electricity card/, longPatienceMs)
  /** Whoever was served when the kiosk stopped is told where the money is, reads it, and goes. */
  const reads = async (money: string | RegExp) => {
    await person().heading('The kiosk stopped during your purchase', longPatienceMs)
    await person().sees(money)
    await person().press('I have it')
    await firstScreen()
  }

  it('the kiosk, while a card is in: it is back by itself, and reads the card again', async () => {
    const { act, heading } = person()
    await comeIn(person(), 'rich-account')
    await act({ type: 'kiosk.kill' })
    await heading(/^Good/, longPatienceMs)
  })

  it('P1: the kiosk, with notes in: they are on the account when it is back', async () => {
    const { act, takeCard, sees } = person()
    await oneNoteIn(person(), 'no-account-money')
    await act({ type: 'kiosk.kill' })
    await takeCard()
    await reads(/¥20\.00 .*account/)
    await comeIn(person(), 'no-account-money')
    await sees('¥20.00')
  })

  it.each<[Place, string]>([
    ['escrow', '¥0.00'],
    ['stacking', '¥50.00'],
  ])('the kiosk, with a note in %s: it is counted once or given back', async (where, balance) => {
    const { act, bench, feed, takeCard, sees } = person()
    const card = where === 'escrow' ? 'overdraft' : 'low-energy'
    await payCash(person(), card, '¥50')
    await feed(5000)
    await until(`it is ${where}`, () => bench.panel().notes.inPath?.where === where, { lookMs: 1 })
    await act({ type: 'kiosk.kill' })
    await takeCard()
    await (where === 'escrow' ? firstScreen() : reads(/¥50\.00/))
    await comeIn(person(), card)
    await sees(balance)
  })

  it('P3: the kiosk, while it writes a card: the purchase is finished, once', async () => {
    const { act, bench, heading, press, takeCard, carryHome, screen } = person()
    await payFromAccount(person(), 'rich-account')
    const energy = await promised(person())
    const writings = () => journalOf(bench).filter(({ type }) => type === 'card.writing').length
    const before = writings()
    await press(/^Write/)
    await until('the writing has begun', () => writings() > before, { lookMs: 1 })
    await act({ type: 'kiosk.kill' })
    // Where the card was read again before the money was looked for, it is told first where that is.
    await until(
      'the kiosk tells or reads',
      async () => {
        const shown = await screen()
        // It may give way to the card in the same moment.
        if (shown === 'interrupted') await pressIfThere(person(), 'I have it')
        return shown === 'open order' || shown === 'refused' || shown === 'healed'
      },
      { limitMs: longPatienceMs },
    )
    // The card is still in, and is read again. What of the script it had executed, it has.
    await heading(
      /^(Your last purchase is not on the card yet|.* are still on this card)$/,
      longPatienceMs,
    )
    if ((await screen()) === 'open order') {
      await press(/^Write/)
      await isWritten(person())
    }
    await takeCard()
    expect(await carryHome('rich-account')).toBe(energy)
  })

  it('the kiosk, while it waits for a card pulled too early: the card finishes it later', async () => {
    const { act, bench, heading, press, insert, takeCard, carryHome } = person()
    await payFromAccount(person(), 'rich-account')
    const energy = await promised(person())
    await act({ type: 'card.pull-after', commands: 2 })
    await press(/^Write/)
    await until('the card is out', () => bench.panel().slot.card === null)
    await act({ type: 'kiosk.kill' })
    await reads(/is held in order/)
    await insert('rich-account')
    await heading('Your last purchase is not on the card yet')
    await press(/^Write/)
    await isWritten(person())
    await takeCard()
    expect(await carryHome('rich-account')).toBe(energy)
  })

  it('the card reader: the kiosk closes, and opens when it is plugged in again', async (context) => {
    const { act, bench, heading } = person()
    const unplugged = await bench.act({ type: 'reader.unplug', on: true })
    if (unplugged.kind !== 'done') context.skip('the card service is not ours to stop')
    await heading('Closed: the card reader does not work')
    await act({ type: 'reader.unplug', on: false })
    await firstScreen()
    await comeIn(person(), 'arrears')
  })

  it('the card reader, with notes in: they are on the account', async (context) => {
    const { act, bench, heading, takeCard, sees } = person()
    await oneNoteIn(person(), 'replacement-used')
    const unplugged = await bench.act({ type: 'reader.unplug', on: true })
    if (unplugged.kind !== 'done') context.skip('the card service is not ours to stop')
    await takeCard()
    await heading('Closed: the card reader does not work', longPatienceMs)
    await act({ type: 'reader.unplug', on: false })
    await firstScreen()
    await comeIn(person(), 'replacement-used')
    await sees('¥20.00')
  })
})
