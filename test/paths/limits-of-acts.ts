// What bounds each act that a machine waits for. An act that is not here fails the test: nothing is waited for for ever.
import { driverDelays } from '../../drivers/card-reader/pcsc/reader-state.ts'
import { patienceWithCentreMs } from '../../kiosk/kiosk.ts'
import { obeysWithinMs } from '../../kiosk/fleet/commands/machine.ts'
import { measuredTimes } from '../../kiosk/service/measuring-card.ts'
import { answerLimitsMs } from '../../kiosk/setup/searching.ts'
import { printLimitMs } from '../../kiosk/setup/printing.ts'
import { readyLimitMs } from '../../kiosk/setup/testing.ts'
import { testingBankTerminalDelays } from '../../state-machines/testing-bank-terminal.ts'
import { testingReceiptPrinterDelays } from '../../state-machines/testing-receipt-printer.ts'
import { centreTestMs } from '../../kiosk/service/servicing-on.ts'

export type Limit =
  /** An answer comes within so long, or the act ends without one. */
  | { by: 'deadline'; ms: number }
  /** A machine whose every state is left by time or by an act that is bounded itself. */
  | { by: 'its own states'; machine: string }
  /** The disk answers or fails; it has no deadline (money-safety.md 7, J5: a failure is final). */
  | { by: 'the disk' }
  /** Nothing outside the program is asked. */
  | { by: 'itself' }

const deadline = (ms: number): Limit => ({ by: 'deadline', ms })
/** The most commands that are exchanged with a card in one act, each with the reader's own limit. */
const cardAct = (commands: number): Limit => deadline(commands * driverDelays.replyMs)

/** Each kind of device in turn, on all lines at once. */
const searchLimitMs = Object.values(answerLimitsMs).reduce((sum, ms) => sum + ms, 0)
/** The test that takes longest. */
const testLimitMs = Math.max(
  ...Object.values(testingBankTerminalDelays),
  3 * testingReceiptPrinterDelays.printingLimit + testingReceiptPrinterDelays.lookPatience,
)

export const limitsOfActs: Record<string, Limit> = {
  journal: { by: 'the disk' },
  nextSlip: { by: 'the disk' },
  prepareReceipt: { by: 'the disk' },
  findInterrupted: { by: 'itself' },
  openPayments: { by: 'itself' },
  testPapers: { by: 'itself' },
  checkPerson: { by: 'the disk' },
  takeUp: { by: 'itself' },
  prepareSlip: { by: 'the disk' },
  saveSetting: { by: 'the disk' },
  askCentre: deadline(centreTestMs),
  machineAct: deadline(obeysWithinMs),
  measureCard: cardAct(measuredTimes),
  lookAtCard: cardAct(8),
  challengeCard: cardAct(1),
  runScript: cardAct(8),
  readProof: cardAct(2),
  diagnose: deadline(patienceWithCentreMs.insertion),
  askQuote: deadline(patienceWithCentreMs.quote),
  requestOrder: deadline(patienceWithCentreMs.order),
  requestReturn: deadline(patienceWithCentreMs.return),
  requestClaim: deadline(patienceWithCentreMs.claim),
  requestClosing: deadline(patienceWithCentreMs.closing),
  askForScript: deadline(patienceWithCentreMs.script),
  askForNonce: deadline(patienceWithCentreMs.settleNonce),
  askForUndo: deadline(patienceWithCentreMs.undo),
  reportProof: deadline(patienceWithCentreMs.proof),
  takingCash: { by: 'its own states', machine: 'takingCash' },
  chargingBankCard: { by: 'its own states', machine: 'chargingBankCard' },
  writingCard: { by: 'its own states', machine: 'writingCard' },
  takingBack: { by: 'its own states', machine: 'takingBack' },
  sale: { by: 'its own states', machine: 'sale' },
  servicing: { by: 'its own states', machine: 'servicing' },
  exchangingCashBox: { by: 'its own states', machine: 'exchangingCashBox' },
  takeText: { by: 'itself' },
  readStick: { by: 'the disk' },
  // 10 s for the first contact, 15 s for the answer (server/identity).
  enrol: deadline(25_000),
  hashPin: { by: 'itself' },
  search: deadline(searchLimitMs),
  testDevice: deadline(readyLimitMs + testLimitMs),
  check: deadline(readyLimitMs + testLimitMs),
  print: deadline(printLimitMs),
  finish: { by: 'the disk' },
  testingCardReader: { by: 'its own states', machine: 'testingCardReader' },
  testingNoteAcceptor: { by: 'its own states', machine: 'testingNoteAcceptor' },
  testingReceiptPrinter: { by: 'its own states', machine: 'testingReceiptPrinter' },
  testingBankTerminal: { by: 'its own states', machine: 'testingBankTerminal' },
}

/** States that may be stayed in for ever, each with its reason. */
export const placesOfRest: Record<string, string> = {
  'settingUp.language': 'nobody sells here yet: a technician comes back when one comes back',
  'settingUp.asking': 'a technician looks for the paper of the office',
  'settingUp.devices': 'a technician works on the machine',
  'settingUp.device': 'a technician works on the machine',
  'settingUp.slots': 'a technician looks at the front of the machine',
  'settingUp.report': 'a technician puts right what is wrong',
  'kiosk.service.idle': 'a customer comes when one comes',
  'kiosk.service.outOfService': 'it is left as soon as what is wrong is put right',
  'kiosk.service.cardLeft':
    'the card is in the hand of a person: the kiosk serves the next one that is put in',
  'takingCash.awaitingNote': 'the patience of the sale around it ends it: paying.cancel',
  'chargingBankCard.held': 'the story of the sale around it keeps or refuses it in the end',
  'findingPayments.resting': 'no payment is open',
  'findingPayments.waiting.serving': 'whoever is being served leaves: payments.find',
  'endingDay.resting': 'the hour comes once a day',
  'endingDay.due': 'the terminal is waited for, and whoever is being served',
  'strayNotes.listening': 'it lives as long as the kiosk',
  'printingSlips.resting': 'nothing is owed',
  'sale.patience.resting': 'nobody is waited for',
  'sale.facts.heard': 'it hears what is so as long as the story lasts',
  'sale.payment.none': 'no payment is wanted',
  'sale.story.charging.atTerminal': 'the payment beside it is bounded',
  'sale.story.charging.keeping': 'the payment beside it is bounded',
  'sale.story.charging.refusing': 'the payment beside it is bounded',
  'sale.undo.notOffered': 'it hears of an offer as long as the story lasts',
  'sale.story.paying.insertingNotes.price.known': 'the notes beside it are bounded',
  'kiosk.maintenance': 'it hears as long as the kiosk lives',
  'kiosk.wishes': 'it hears as long as the kiosk lives',
  'kiosk.devices': 'it hears as long as the kiosk lives',
  'kiosk.paper': 'it hears as long as the kiosk lives',
  'kiosk.strays': 'it hears as long as the kiosk lives',
  'kiosk.payments': 'it hears as long as the kiosk lives',
  'kiosk.cash': 'it hears as long as the kiosk lives',
}
