// Pure: the plan and the answers as the configuration of a kiosk, in the words of its file (kiosk/config.ts checks it).
import type { z } from 'zod'
import type { SetupAnswers } from '../../state-machines/setup-answers.ts'
import type { Tender } from '../../ui/kiosk/screen.ts'
import { parseConfig, type KioskConfig, type ReadConfig } from '../config.ts'
import { modelNamed } from './printer-models.ts'
import type { SetupPlan } from './setup-plan.ts'

type Given = z.input<typeof KioskConfig>

/** So many of the largest note, where the plan says nothing. */
const notesOfMost = 20

/** Relative paths in the plan stay as they are: both files lie side by side. */
export const configTextOf = (plan: SetupPlan, answers: SetupAnswers): string =>
  `${JSON.stringify(configOf(plan, answers), null, 2)}\n`

/** As the kiosk will read it, or what is wrong with it, a sentence each. */
export const checkedConfigOf = (plan: SetupPlan, answers: SetupAnswers): ReadConfig =>
  parseConfig(configTextOf(plan, answers))

const configOf = (plan: SetupPlan, answers: SetupAnswers): Given => {
  const { texts, slots, language } = answers
  const { languages, edition } = plan
  const [first = 'en'] = languages
  return {
    kiosk: {
      number: texts.kiosk ?? '',
      place: texts.place ?? '',
      phone: plan.phone ?? texts.phone ?? '',
    },
    utility: plan.utility ?? {
      name: texts.utility ?? '',
      taxNumber: texts['tax number'] ?? '',
    },
    edition,
    centre: plan.centre ?? { url: texts.centre ?? '' },
    fleet: plan.fleet,
    machine: plan.machine,
    dataFolder: plan.dataFolder,
    currency: plan.currency ?? currencyOf(texts.currency ?? ''),
    timeZone: plan.timeZone ?? texts['time zone'] ?? '',
    languages,
    language: language !== null && languages.includes(language) ? language : first,
    devices: devicesOf(plan, answers),
    slots,
    screen: plan.screen,
    service: serviceOf(plan, answers),
    patience: plan.patience,
    tenders: tendersOf(plan, answers),
    cash: plan.cash ?? cashOf(answers),
    suggestions: plan.suggestions,
    log: plan.log,
  }
}

const devicesOf = (plan: SetupPlan, { devices }: SetupAnswers): Given['devices'] => {
  const { noteAcceptor, bankTerminal, receiptPrinter } = devices
  return {
    noteAcceptor: noteAcceptor && {
      driver: 'ssp',
      port: noteAcceptor.line,
      serial: noteAcceptor.serial,
    },
    bankTerminal: bankTerminal && {
      driver: 'zvt',
      port: bankTerminal.line,
      framing: bankTerminal.framing,
      terminalId: bankTerminal.terminalId,
      ...plan.bankTerminal,
    },
    cardReader: {
      driver: 'pcsc',
      ...(plan.cardService !== undefined && { service: plan.cardService }),
    },
    receiptPrinter: receiptPrinter && {
      driver: 'escpos',
      port: receiptPrinter.line,
      model: modelNamed(receiptPrinter.model),
    },
    serviceSwitch: plan.serviceSwitch,
  }
}

const tendersOf = ({ edition }: SetupPlan, { devices }: SetupAnswers): Tender[] => {
  const { noteAcceptor, bankTerminal } = devices
  const atBank = edition === 'bank'
  return [
    ...(noteAcceptor === null ? [] : ['cash' as const]),
    ...(bankTerminal === null ? [] : ['bank card' as const]),
    ...(atBank ? (bankTerminal === null ? [] : ['bank account' as const]) : ['account' as const]),
  ]
}

const cashOf = ({ devices: { noteAcceptor } }: SetupAnswers): Given['cash'] => {
  const values = [...(noteAcceptor?.values ?? [])]
  return { values, most: notesOfMost * Math.max(0, ...values) }
}

/** Whoever sets the kiosk up may open its maintenance mode: as a supervisor, who may let in others later. */
const serviceOf = (plan: SetupPlan, { texts, pinHash }: SetupAnswers): Given['service'] =>
  pinHash === null
    ? null
    : {
        persons: [
          { number: texts.person ?? '', name: texts.name ?? '', role: 'supervisor', pin: pinHash },
        ],
        twoForCashBox: plan.twoForCashBox,
      }

/** The sign that its readers know, where there is one; else its three letters. */
const currencyOf = (code: string): Given['currency'] => {
  try {
    const parts = new Intl.NumberFormat('en', {
      style: 'currency',
      currency: code,
      currencyDisplay: 'narrowSymbol',
    }).formatToParts(0)
    const symbol = parts.find(({ type }) => type === 'currency')?.value ?? code
    return { code, symbol: symbol.length > 4 ? code : symbol }
  } catch {
    return { code, symbol: code }
  }
}
