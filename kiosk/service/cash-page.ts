// Pure: the cash box as whoever looks after it sees it.
import type { ServiceRow } from '../../ui/kiosk/service/service-page.ts'
import { number, word } from './rows.ts'
import type { ServiceFacts } from './service-facts.ts'

/** What is in it is not shown before an exchange has been counted: whoever counts it does so blind (money-safety.md 10, T8). */
export const cashRows = ({ cashBox, notesOpen }: ServiceFacts): ServiceRow[] => [
  word('accuracy', cashBox.accuracy, cashBox.accuracy === 'accurate' ? 'well' : 'attention'),
  number('notes of unknown fate', notesOpen, notesOpen > 0 ? 'attention' : 'well'),
]
