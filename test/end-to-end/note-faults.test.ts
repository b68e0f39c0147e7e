import { expect, it } from 'vitest'
import type { NoteFault, NotesPanel } from '../../ui/bench/panel.ts'
import { longPatienceMs, until } from './at-the-bench.ts'
import { onRealWires } from './on-real-wires.ts'
import { comeIn, oneNoteIn, payCash, takeCardAndLeave, write } from './visits.ts'

type Place = NonNullable<NotesPanel['inPath']>['where']

onRealWires('on real wires, the note acceptor:', {}, (person) => {
  const cancelled = async () => {
    const { press, heading, sees } = person()
    await press('Cancel')
    await press('Yes, to my account')
    await heading('Take your card')
    await sees('in your account')
  }

  it('a note it does not know is given back, and the next one is taken', async () => {
    const { act, feed, sees, notesIn } = person()
    const before = notesIn()
    await payCash(person(), 'no-account-money', '¥50')
    await act({ type: 'note.insert-bad' })
    await sees('Note not recognised')
    await feed(2000)
    await sees('¥30.00 still to pay')
    await until('the note is in the box', () => notesIn() === before + 1)
    await cancelled()
  })

  it.each<NoteFault>([
    'jam',
    'cash box full',
    'cash box removed',
    'unplugged',
    'silent',
    'swapped unit',
  ])('%s with a note in: no more is taken, and what is in buys energy', async (fault) => {
    const { act, heading, carryHome, bench } = person()
    await oneNoteIn(person(), 'plain-sale')
    await until('the note is in the box', () => bench.panel().notes.inPath === null)
    await act({ type: 'notes.fault', fault, on: true })
    await heading('Is this right?', longPatienceMs)
    expect(bench.panel().notes.state).not.toBe('open')
    const energy = await write(person())
    await takeCardAndLeave(person())
    expect(await carryHome('plain-sale')).toBe(energy)
  })

  it.each<NoteFault>(['jam', 'cash box removed', 'unplugged', 'swapped unit'])(
    '%s before a note is in: cash is not offered, and the account still pays',
    async (fault) => {
      const { act, press, heading, sees } = person()
      await act({ type: 'notes.fault', fault, on: true })
      await sees('Not working just now')
      await comeIn(person(), 'rich-account')
      await press('Buy electricity')
      await press('¥50')
      await heading('How will you pay?')
      await sees('Not working just now')
      await press(/My account/)
      await heading('Is this right?')
      await press('Cancel')
      await heading('Take your card')
    },
  )

  it.each<[Place, 'back' | 'taken']>([
    ['reading', 'back'],
    ['escrow', 'back'],
    ['stacking', 'taken'],
    ['credited', 'taken'],
  ])('without power for a moment with a note %s: it is %s, once', async (where, end) => {
    const { act, feed, sees, bench, notesIn } = person()
    const before = notesIn()
    await payCash(person(), 'second-meter', '¥50')
    await feed(2000)
    await until(`the note is ${where}`, () => bench.panel().notes.inPath?.where === where, {
      lookMs: 1,
    })
    await act({ type: 'notes.power-cycle' })
    if (end === 'back') {
      await until('the note is back', () => bench.panel().notes.inPath === null)
      await feed(2000)
    }
    await sees('¥30.00 still to pay', longPatienceMs)
    await until('no note moves', () => bench.panel().notes.inPath === null)
    expect(notesIn()).toBe(before + 1)
    await cancelled()
  })
})
