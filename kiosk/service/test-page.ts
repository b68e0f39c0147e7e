// Pure: a test of a device, while it runs and when it is over, as a page of the maintenance mode.
import type { SnapshotFrom } from 'xstate'
import type { testingBankTerminal } from '../../state-machines/testing-bank-terminal.ts'
import type { testingCardReader } from '../../state-machines/testing-card-reader.ts'
import type { testingNoteAcceptor } from '../../state-machines/testing-note-acceptor.ts'
import type { testingReceiptPrinter } from '../../state-machines/testing-receipt-printer.ts'
import type { ServicePage, ServiceSentence } from '../../ui/kiosk/service/service-page.ts'

export type TestSnapshot =
  | SnapshotFrom<typeof testingCardReader>
  | SnapshotFrom<typeof testingNoteAcceptor>
  | SnapshotFrom<typeof testingReceiptPrinter>
  | SnapshotFrom<typeof testingBankTerminal>

type Value = TestSnapshot['value']
/** No two tests have a state of the same name but the last. */
type StateName = Extract<Value, string> | keyof Extract<Value, object>

type Shown = Pick<ServicePage, 'title'> & {
  sentence: ServiceSentence
  choices?: ServicePage['choices']
  /** It can be stopped here: Cancel. */
  back: boolean
}

const shown: Record<StateName, Shown> = {
  begun: { title: 'cardReader', sentence: 'testing', back: true },
  clearing: { title: 'cardReader', sentence: 'take the card', back: true },
  awaitingCard: { title: 'cardReader', sentence: 'insert a card', back: true },
  measuring: { title: 'cardReader', sentence: 'testing', back: false },
  takingCard: { title: 'cardReader', sentence: 'take the card', back: true },

  awaitingNote: { title: 'noteAcceptor', sentence: 'insert a note', back: true },
  held: { title: 'noteAcceptor', sentence: 'note comes back', back: false },
  journallingReturned: { title: 'noteAcceptor', sentence: 'note comes back', back: false },
  journallingKept: { title: 'noteAcceptor', sentence: 'testing', back: false },
  journallingLost: { title: 'noteAcceptor', sentence: 'testing', back: false },
  closing: { title: 'noteAcceptor', sentence: 'testing', back: false },

  preparing: { title: 'receiptPrinter', sentence: 'testing', back: false },
  printing: { title: 'receiptPrinter', sentence: 'testing', back: true },
  looking: {
    title: 'receiptPrinter',
    sentence: 'look at the paper',
    choices: ['seen', 'not seen'],
    back: true,
  },

  diagnosing: { title: 'bankTerminal', sentence: 'testing', back: true },

  // For a moment, until whoever asked for the test has heard.
  ended: { title: 'testing', sentence: 'testing', back: false },
}

/** While it runs. */
export const testPage = ({ value, context }: TestSnapshot): ServicePage => {
  const { title, sentence, choices = [], back } = shown[typeof value === 'string' ? value : 'held']
  return {
    title,
    sentence,
    mark: 'attention',
    rows: 'rows' in context ? context.rows : [],
    typing: null,
    choices,
    whole: null,
    back,
    confirm: false,
  }
}
