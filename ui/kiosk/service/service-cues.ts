// Pure: a test of a device asks for a hand at its slot, as a sale does.
import type { Cue } from '../cue-for.ts'
import type { Slots } from '../screen.ts'
import type { ServicePage } from './service-page.ts'

export const serviceCues = ({ sentence }: ServicePage, slots: Slots): Cue[] => {
  const cue = (object: 'card' | 'note' | 'receipt', way: Cue['way']): Cue[] => [
    {
      object,
      place: { card: slots.card, note: slots.notes, receipt: slots.receipt }[object],
      size: 'small',
      way,
      urgent: false,
      fed: null,
    },
  ]
  switch (sentence) {
    case 'insert a card':
      return cue('card', 'in')
    case 'take the card':
      return cue('card', 'out')
    case 'insert a note':
      return cue('note', 'in')
    case 'note comes back':
      return cue('note', 'out')
    case 'look at the paper':
    case 'the slip prints':
      return cue('receipt', 'out')
    default:
      return []
  }
}
