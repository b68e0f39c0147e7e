// A view for every page of the first setup, as a technician would meet it: what the screenshots show and the test of the page
// walks through. A question, a problem or a check that is missing does not compile.
import { setupQuestions, type SetupQuestion } from '../domain/setup/questions.ts'
import { setupChecks, type SetupCheck } from '../domain/setup/report-words.ts'
import type { ServiceDevice } from '../ui/kiosk/service/service-page.ts'
import type {
  DeviceLine,
  SetupPage,
  SetupProblem,
  SetupReportRow,
  SetupStep,
  SetupView,
} from '../ui/setup/setup-view.ts'

export type SetupPicture = { name: string; view: SetupView }

/** Friday, 27 November 2026, 14:05 in Shanghai. */
const now = Date.UTC(2026, 10, 27, 6, 5)

const picture = (
  name: string,
  page: SetupPage,
  more: Partial<SetupView> & { step: SetupStep },
): SetupPicture => ({
  name: `setup: ${name}`,
  view: {
    number: 1,
    language: 'en',
    now,
    timeZone: 'Asia/Shanghai',
    currency: { code: 'CNY', symbol: '¥' },
    kiosk: '000000000101',
    problem: null,
    back: true,
    ...more,
    page,
  },
})

const given: Record<SetupQuestion, string> = {
  centre: 'https://centre.example:8020',
  kiosk: '000000000101',
  code: '',
  place: 'Main Street 1',
  phone: '0800 123 456',
  utility: 'Energy of Town',
  'tax number': '914403001922',
  currency: 'CNY',
  'time zone': 'Asia/Shanghai',
  person: '4711',
  name: 'Ada Lin',
  pin: '',
  'pin again': '',
}
const stepOf = (question: SetupQuestion): SetupStep =>
  question === 'centre' || question === 'kiosk' || question === 'code' ? 'centre' : 'kiosk'

const questions = setupQuestions.map((question) =>
  picture(
    question,
    { kind: 'question', question, given: given[question], stick: question === 'code' },
    { step: stepOf(question) },
  ),
)

const said: Record<SetupProblem['kind'], SetupQuestion | 'report'> = {
  'nothing typed': 'place',
  'not an address': 'centre',
  'not a kiosk number': 'kiosk',
  'not a whole code': 'code',
  'not a currency': 'currency',
  'not a time zone': 'time zone',
  'not a person number': 'person',
  'not a pin': 'pin',
  'pins differ': 'pin',
  'centre away': 'code',
  'another centre': 'code',
  'clock wrong': 'code',
  'no stick': 'code',
  'nothing answers there': 'report',
  'refused by the centre': 'code',
  'not done': 'code',
}
const problemOf = (kind: SetupProblem['kind']): SetupProblem =>
  kind === 'refused by the centre'
    ? { kind, said: 'code: was used already; ask the office for another' }
    : kind === 'not done'
      ? { kind, said: 'ENOSPC: no space left on device, write' }
      : { kind }

const problems = Object.entries(said).flatMap(([kind, question]) =>
  question === 'report'
    ? []
    : [
        picture(
          `problem: ${kind}`,
          { kind: 'question', question, given: given[question], stick: question === 'code' },
          { step: stepOf(question), problem: problemOf(kind as SetupProblem['kind']) },
        ),
      ],
)

const lines: Record<ServiceDevice, DeviceLine> = {
  cardReader: {
    device: 'cardReader',
    found: { said: 'ACS ACR38 Smart Card Reader 00 00', line: null },
    tested: 'passed',
  },
  noteAcceptor: {
    device: 'noteAcceptor',
    found: {
      said: '1873452 · CNY',
      line: '/dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0',
    },
    tested: 'not yet',
  },
  receiptPrinter: {
    device: 'receiptPrinter',
    found: {
      said: 'ESC/POS 80 mm GB18030',
      line: '/dev/serial/by-path/pci-0000:00:14.0-usb-0:2:1.0-port0',
    },
    tested: 'failed',
  },
  bankTerminal: { device: 'bankTerminal', found: null, tested: 'not yet' },
}
const all = Object.values(lines)
const ports = [
  '/dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0',
  '/dev/serial/by-path/pci-0000:00:14.0-usb-0:2:1.0-port0',
  '/dev/ttyS0',
]
const models = [
  { name: 'generic-80', called: 'ESC/POS 80 mm' },
  { name: 'generic-80-cn', called: 'ESC/POS 80 mm GB18030' },
  { name: 'generic-58', called: 'ESC/POS 58 mm' },
  { name: 'epson-tm', called: 'Epson TM, 42 columns' },
  { name: 'custom-vkp80', called: 'Custom VKP80' },
]

const devices = [
  picture(
    'searching',
    {
      kind: 'working',
      at: 'searching',
      found: all.map((line) => ({ ...line, tested: 'not yet' as const })),
    },
    { step: 'devices', back: false },
  ),
  picture('devices', { kind: 'devices', devices: all, mayGoOn: true }, { step: 'devices' }),
  picture(
    'devices, no reader',
    {
      kind: 'devices',
      devices: all.map((line) => ({ ...line, found: null, tested: 'not yet' as const })),
      mayGoOn: false,
    },
    { step: 'devices' },
  ),
  picture(
    'reader, tested',
    {
      kind: 'device',
      device: lines.cardReader,
      rows: [{ label: 'state', value: { kind: 'word', word: 'ready' }, mark: 'well' }],
      lines: [],
      models: [],
      chosen: null,
    },
    { step: 'devices' },
  ),
  picture(
    'printer',
    {
      kind: 'device',
      device: lines.receiptPrinter,
      rows: [
        { label: 'receipts printed', value: { kind: 'number', value: 3 }, mark: 'quiet' },
        {
          label: 'fault',
          value: { kind: 'fault', device: 'receiptPrinter', fault: 'paper low', say: 'name' },
          mark: 'attention',
        },
      ],
      lines: ports.slice(1),
      models,
      chosen: 'generic-80-cn',
    },
    { step: 'devices' },
  ),
  ...(['cardReader', 'noteAcceptor', 'receiptPrinter', 'bankTerminal'] as const).flatMap(
    (device) => [
      picture(
        `missing: ${device}`,
        {
          kind: 'device',
          device: { device, found: null, tested: 'not yet' },
          rows: [],
          lines: device === 'cardReader' ? [] : ports,
          models: [],
          chosen: null,
        },
        {
          step: 'devices',
          problem: device === 'bankTerminal' ? { kind: 'nothing answers there' } : null,
        },
      ),
      picture(
        `testing: ${device}`,
        { kind: 'testing', device, looking: false },
        { step: 'devices' },
      ),
    ],
  ),
  picture(
    'look at the paper',
    { kind: 'testing', device: 'receiptPrinter', looking: true },
    { step: 'devices' },
  ),
  picture(
    'slots',
    {
      kind: 'slots',
      slots: {
        card: 'right-low',
        notes: 'right-mid',
        bankTerminal: 'right-high',
        receipt: 'bottom',
      },
      asked: ['card', 'notes', 'bankTerminal', 'receipt'],
    },
    { step: 'devices' },
  ),
]

const values: Record<SetupCheck, SetupReportRow['value']> = {
  enrolled: { kind: 'time', at: now + 90 * 86_400_000 },
  centre: { kind: 'word', word: 'reached' },
  clock: { kind: 'word', word: 'well' },
  disk: { kind: 'bytes', value: 21_993_373_696 },
  cardReader: { kind: 'word', word: 'passed' },
  noteAcceptor: { kind: 'word', word: 'passed' },
  notes: { kind: 'text', text: 'CNY 5 10 20 50 100' },
  receiptPrinter: { kind: 'word', word: 'passed' },
  bankTerminal: { kind: 'word', word: 'none' },
  tenders: { kind: 'tender', tender: 'cash' },
  person: { kind: 'text', text: '4711 Ada Lin' },
  settings: { kind: 'word', word: 'well' },
}
const rows: SetupReportRow[] = setupChecks.flatMap((check): SetupReportRow[] => {
  const mark = check === 'bankTerminal' ? 'attention' : check === 'tenders' ? 'quiet' : 'well'
  const row = { check, value: values[check], mark } as const
  return check === 'tenders'
    ? [row, { ...row, value: { kind: 'tender', tender: 'account' } }]
    : [row]
})
const wrong = rows.map((row): SetupReportRow =>
  row.check === 'centre'
    ? { ...row, value: { kind: 'word', word: 'away' }, mark: 'wrong' }
    : row.check === 'noteAcceptor'
      ? { ...row, value: { kind: 'word', word: 'device fault' }, mark: 'wrong' }
      : row,
)

export const setupPages: SetupPicture[] = [
  picture('language', { kind: 'language' }, { step: 'language', back: false, kiosk: null }),
  ...questions,
  ...problems,
  ...(['enrolling', 'checking', 'writing'] as const).map((at) =>
    picture(
      at,
      { kind: 'working', at, found: [] },
      { step: at === 'enrolling' ? 'centre' : 'ready', back: false },
    ),
  ),
  ...devices,
  picture('report', { kind: 'report', rows, ready: true, paper: 'printed' }, { step: 'ready' }),
  picture(
    'report, not ready',
    { kind: 'report', rows: wrong, ready: false, paper: 'not printed' },
    { step: 'ready' },
  ),
]
