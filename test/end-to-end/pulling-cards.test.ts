import { expect, it } from 'vitest'
import { until } from './at-the-bench.ts'
import { journalOf } from './evidence-of-bench.ts'
import { onRealWires } from './on-real-wires.ts'
import { isWritten, oneNoteIn, payFromAccount, promised, takeCardAndLeave } from './visits.ts'

/** Challenge, EXTERNAL AUTHENTICATE, EF05 cleared, a record appended, EF02: the commit; then the proof (power-card.md 8.2). */
const script = 4
const commit = 5

onRealWires('on real wires, a card pulled while it is written', {}, (person) => {
  const paid = async () => {
    await payFromAccount(person(), 'rich-account')
    return promised(person())
  }
  const isOut = () => until('the card is out', () => person().bench.panel().slot.card === null)
  const putBack = async (energy: number) => {
    const { heading, sees, insert, carryHome, audit } = person()
    await heading('Put the same card back in')
    await sees('Your money is safe: the order stands until your card has it.')
    expect(audit()).toEqual([])
    await insert('rich-account')
    await isWritten(person())
    await takeCardAndLeave(person())
    expect(await carryHome('rich-account')).toBe(energy)
  }

  it.each(Array.from({ length: script }, (_, at) => at + 1))(
    'after command %i of the script gets its energy once when it is put back',
    async (commands) => {
      const energy = await paid()
      await person().act({ type: 'card.pull-after', commands })
      await person().press(/^Write/)
      await isOut()
      await putBack(energy)
    },
  )

  it.each(Array.from({ length: commit + 1 }, (_, at) => at + 1))(
    'after command %i, whose answer is lost, gets its energy once when it is put back',
    async (commands) => {
      const energy = await paid()
      person().bench.slot.pullAfterAny(commands, 'not answered')
      await person().press(/^Write/)
      await isOut()
      await putBack(energy)
    },
  )

  it('after its proof is written, and the customer is told so at once', async () => {
    const { act, press, heading, sees, carryHome } = person()
    const energy = await paid()
    await act({ type: 'card.pull-after', commands: script + 1 })
    await press(/^Write/)
    await isOut()
    await heading('Thank you')
    await sees('on your card')
    expect(await carryHome('rich-account')).toBe(energy)
  })

  it('and not put back leaves the order open, and finishes it at its next visit', async () => {
    const { act, feed, insert, press, heading, sees, carryHome, audit } = person()
    await oneNoteIn(person(), 'plain-sale')
    await feed(5000)
    await press(/^Use it all/)
    await heading('Is this right?')
    const energy = await promised(person())
    await act({ type: 'card.pull-after', commands: 2 })
    await press(/^Write/)
    await heading('Put the same card back in')
    await press('Do it later')
    await heading('The card was taken out too early')
    await sees(/¥70\.00 is held in order \d+, for this card only/)
    await press('I have it')
    await heading(/Insert your electricity card/)
    expect(audit()).toEqual([])
    await insert('plain-sale')
    await heading('Your last purchase is not on the card yet')
    await press(/^Write/)
    await isWritten(person())
    await takeCardAndLeave(person())
    expect(await carryHome('plain-sale')).toBe(energy)
  })

  it('while another card is put in instead, is still waited for', async () => {
    const { act, insert, press, heading, takeCard, bench } = person()
    const energy = await paid()
    await act({ type: 'card.pull-after', commands: 2 })
    await press(/^Write/)
    await isOut()
    await heading('Put the same card back in')
    const cards = bench.truth().cards
    const looks = () => journalOf(bench).filter(({ type }) => type === 'session.opened').length
    const before = looks()
    await insert('plain-sale')
    await until('the card was looked at', () => looks() > before)
    await heading('Put the same card back in')
    await takeCard()
    expect(bench.truth().cards).toEqual(cards)
    await putBack(energy)
  })
})
