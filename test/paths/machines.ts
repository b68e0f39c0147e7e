// All machines of the kiosk, and the short paths through each.
import type { AnyStateMachine } from 'xstate'
import { chargingBankCard } from '../../state-machines/charging-bank-card.ts'
import { endingDay } from '../../state-machines/ending-day.ts'
import { exchangingCashBox } from '../../state-machines/exchanging-cash-box.ts'
import { findingPayments } from '../../state-machines/finding-payments.ts'
import { kiosk } from '../../state-machines/kiosk.ts'
import { printingSlips } from '../../state-machines/printing-slips.ts'
import { sale } from '../../state-machines/sale.ts'
import { servicing } from '../../state-machines/servicing.ts'
import { settingUp } from '../../state-machines/setting-up.ts'
import { strayNotes } from '../../state-machines/stray-notes.ts'
import { takingBack } from '../../state-machines/taking-back.ts'
import { takingCash } from '../../state-machines/taking-cash.ts'
import { testingBankTerminal } from '../../state-machines/testing-bank-terminal.ts'
import { testingCardReader } from '../../state-machines/testing-card-reader.ts'
import { testingNoteAcceptor } from '../../state-machines/testing-note-acceptor.ts'
import { testingReceiptPrinter } from '../../state-machines/testing-receipt-printer.ts'
import { writingCard } from '../../state-machines/writing-card.ts'
import { salePaths } from '../sale-paths.ts'
import { takingBackPaths, writingPaths } from './card-paths.ts'
import { cashPaths } from './cash-paths.ts'
import {
  testingCardPaths,
  testingNotePaths,
  testingPrinterPaths,
  testingTerminalPaths,
} from './device-test-paths.ts'
import { exchangingPaths } from './exchanging-paths.ts'
import { servicePaths, startPaths } from './kiosk-paths.ts'
import { chargingPaths, dayPaths, findingPaths } from './payment-paths.ts'
import { servicingPaths } from './servicing-paths.ts'
import { setupPaths } from './setup-paths.ts'
import { slipPaths, strayPaths } from './small-paths.ts'

export type Walked = {
  machine: AnyStateMachine
  paths: readonly { steps: readonly unknown[]; state: unknown }[]
}

export const walked: Record<string, Walked> = {
  kiosk: { machine: kiosk, paths: [...startPaths, ...servicePaths] },
  sale: { machine: sale, paths: salePaths },
  takingCash: { machine: takingCash, paths: cashPaths },
  chargingBankCard: { machine: chargingBankCard, paths: chargingPaths },
  writingCard: { machine: writingCard, paths: writingPaths },
  takingBack: { machine: takingBack, paths: takingBackPaths },
  strayNotes: { machine: strayNotes, paths: strayPaths },
  findingPayments: { machine: findingPayments, paths: findingPaths },
  endingDay: { machine: endingDay, paths: dayPaths },
  printingSlips: { machine: printingSlips, paths: slipPaths },
  servicing: { machine: servicing, paths: servicingPaths },
  settingUp: { machine: settingUp, paths: setupPaths },
  exchangingCashBox: { machine: exchangingCashBox, paths: exchangingPaths },
  testingCardReader: { machine: testingCardReader, paths: testingCardPaths },
  testingNoteAcceptor: { machine: testingNoteAcceptor, paths: testingNotePaths },
  testingReceiptPrinter: { machine: testingReceiptPrinter, paths: testingPrinterPaths },
  testingBankTerminal: { machine: testingBankTerminal, paths: testingTerminalPaths },
}
