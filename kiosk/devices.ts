// The drivers a configuration asks for, each on its line; what a kiosk does not have is answered for here.
import { fromCallback } from 'xstate'
import {
  zvtBankTerminal,
  zvtLineSettings,
  type ZvtBankTerminalOptions,
} from '../drivers/bank-terminal/zvt/driver.ts'
import { pcscCardReader } from '../drivers/card-reader/pcsc/driver.ts'
import { pcscliteService } from '../drivers/card-reader/pcsc/pcsclite-service.ts'
import { readerServerPort, remoteService } from '../drivers/card-reader/pcsc/remote-service.ts'
import type { CardService } from '../drivers/card-reader/pcsc/service.ts'
import type { NoteAcceptorCommand } from '../drivers/note-acceptor/note-acceptor.ts'
import { factoryFixedKey } from '../drivers/note-acceptor/ssp/encryption.ts'
import { sspLineSettings, sspNoteAcceptor } from '../drivers/note-acceptor/ssp/driver.ts'
import {
  escposLineSettings,
  escposReceiptPrinter,
} from '../drivers/receipt-printer/escpos/driver.ts'
import type {
  ReceiptPrinterCommand,
  ReceiptPrinterEvent,
} from '../drivers/receipt-printer/receipt-printer.ts'
import { openSerialLine } from '../drivers/serial-port.ts'
import { inputCodeOf, type InputCode } from '../drivers/service-switch/evdev/codec.ts'
import { evdevServiceSwitch } from '../drivers/service-switch/evdev/driver.ts'
import { openInputDevice } from '../drivers/service-switch/evdev/input-device.ts'
import type { KioskConfig } from './config.ts'
import { currencyNumber } from './currency-numbers.ts'
import type { LineCounts } from './fleet/line-counts.ts'
import type { LoopAges } from './fleet/loop-ages.ts'
import type { FlightRecorder } from './flight-recorder/recorder.ts'
import type { KioskParts } from './kiosk.ts'
import type { Log } from './log.ts'
import { turning, turningCards } from './watchdog/turning.ts'

/** Currencies with other than a hundred minor units are not sold in (power-card.md 1.3). */
const minorPerUnit = 100

/** A kiosk without paper: every receipt goes to the screen at once. */
const noPrinter = fromCallback<ReceiptPrinterCommand>(({ sendBack, receive }) => {
  const tell = (event: ReceiptPrinterEvent) => sendBack(event)
  receive((command) => {
    if (command.type !== 'receipt.print') return
    tell({ type: 'receipt.not-printed', jobId: command.jobId, why: 'not answering' })
  })
})

type BankTerminal = NonNullable<KioskConfig['devices']['bankTerminal']>

/** What the terminal must be, and how it is spoken to. */
export const bankTermsOf = (
  { currency, timeZone }: Pick<KioskConfig, 'currency' | 'timeZone'>,
  { password, terminalId, slip, sequence }: BankTerminal,
): Omit<ZvtBankTerminalOptions, 'open' | 'framing'> => ({
  password,
  terminalId,
  // The configuration has been checked.
  currency: currencyNumber(currency.code) ?? 0,
  timeZone,
  vending: 'required',
  slip: slip ?? 'own layout',
  sequence: sequence ?? false,
})

/** The configuration has been checked. */
const checkedCode = (text: string): InputCode => {
  const code = inputCodeOf(text)
  if (code === null) throw new Error(`${text} is no input`)
  return code
}

const serviceSwitchOf = (
  { port, key, cabinetDoor, cashDoor }: NonNullable<KioskConfig['devices']['serviceSwitch']>,
  log: Log,
) =>
  evdevServiceSwitch({
    open: () => openInputDevice(port),
    key: checkedCode(key),
    doors: {
      cabinet: cabinetDoor === null ? null : checkedCode(cabinetDoor),
      cash: cashDoor === null ? null : checkedCode(cashDoor),
    },
    report: (heard) => log.debug({ heard: heard.kind }, 'service switch'),
  })

/** The card daemon of this machine, unless a card reader server is named. */
const cardServiceOf = ({ service }: KioskConfig['devices']['cardReader']): CardService => {
  const port = service === undefined ? null : readerServerPort(service)
  return port === null ? pcscliteService : remoteService({ port })
}

/** Every driver on its line, and the flight recorder at each. */
export const driversOf = ({
  config,
  log,
  recorder,
  loops,
  lines,
}: {
  config: KioskConfig
  log: Log
  recorder: Pick<FlightRecorder, 'tapLine' | 'overhear' | 'tapCards'>
  loops: LoopAges
  lines: Pick<LineCounts, 'count'>
}): KioskParts['drivers'] => {
  const { devices } = config
  const { cardReader, noteAcceptor, receiptPrinter, bankTerminal, serviceSwitch } = devices
  return {
    cardReader: pcscCardReader({
      service: turningCards(
        () => loops.turned('cardReader'),
        recorder.tapCards(cardServiceOf(cardReader)),
      ),
      reader: cardReader.reader,
      heard: loops.heard('cardReader'),
    }),
    noteAcceptor:
      noteAcceptor === null
        ? fromCallback<NoteAcceptorCommand>(() => undefined)
        : sspNoteAcceptor({
            open: turning(
              () => loops.turned('noteAcceptor'),
              recorder.tapLine('notes', () => openSerialLine(noteAcceptor.port, sspLineSettings)),
            ),
            overhear: recorder.overhear('notes'),
            enrolledSerial: noteAcceptor.serial,
            fixedKey:
              noteAcceptor.fixedKey === undefined
                ? factoryFixedKey
                : BigInt(`0x${noteAcceptor.fixedKey}`),
            minorPerUnit,
            encryption: 'required',
            report: (line) => {
              // What is asked in vain shows that the loop runs.
              if (line.kind === 'unanswered') loops.turned('noteAcceptor')
              lines.count('noteAcceptor', line)
              log.debug({ line: line.kind }, 'note acceptor line')
            },
            heard: loops.heard('noteAcceptor'),
          }),
    receiptPrinter:
      receiptPrinter === null
        ? noPrinter
        : escposReceiptPrinter({
            open: turning(
              () => loops.turned('receiptPrinter'),
              recorder.tapLine('printer', () =>
                openSerialLine(receiptPrinter.port, escposLineSettings),
              ),
            ),
            model: receiptPrinter.model,
            report: (heard) => log.debug({ heard: heard.kind }, 'receipt printer line'),
            heard: loops.heard('receiptPrinter'),
          }),
    ...(serviceSwitch !== null && { serviceSwitch: serviceSwitchOf(serviceSwitch, log) }),
    ...(bankTerminal !== null && {
      bankTerminal: zvtBankTerminal({
        ...bankTermsOf(config, bankTerminal),
        open: turning(
          () => loops.turned('bankTerminal'),
          recorder.tapLine('bankTerminal', () =>
            openSerialLine(bankTerminal.port, zvtLineSettings),
          ),
        ),
        framing: bankTerminal.framing ?? 'serial',
        report: (heard) => {
          lines.count('bankTerminal', heard)
          log.debug({ heard: heard.kind }, 'bank terminal line')
        },
        heard: loops.heard('bankTerminal'),
      }),
    }),
  }
}
