// A view for every page of the maintenance mode, as a technician would meet it, and every word of it at least once: what the
// screenshots show and the test of the page walks through. A title, sentence, label or word that is missing does not compile.
import { allFaults } from '../domain/faults/device-faults.ts'
import { minor, type Minor } from '../domain/money.ts'
import {
  serviceChoices,
  type ServiceChoice,
  type ServiceLabel,
  type ServiceDevice,
  type ServiceMark,
  type ServicePage,
  type ServiceRow,
  type ServiceScreen,
  type ServiceSentence,
  type ServiceTitle,
  type ServiceValue,
  type ServiceWord,
} from '../ui/kiosk/service/service-page.ts'
import { gallery, type Picture } from './screen-gallery.ts'

const yuan = (units: number): Minor => minor(units * 100)
/** Tuesday, 24 November 2026, 14:05 in Shanghai, as in the gallery of the customer's screens. */
const now = Date.UTC(2026, 10, 24, 6, 5)
const minutes = 60_000

const word = (said: ServiceWord): ServiceValue => ({ kind: 'word', word: said })
const count = (value: number): ServiceValue => ({ kind: 'number', value })
const plate = (text: string): ServiceValue => ({ kind: 'text', text })
const fault = (device: string, kind: string, say: 'name' | 'what to do'): ServiceValue => ({
  kind: 'fault',
  device,
  fault: kind,
  say,
})
const notes = (units: number, many: number): ServiceValue => ({
  kind: 'notes',
  value: yuan(units),
  count: many,
})
const row = (
  label: ServiceRow['label'],
  value: ServiceValue,
  mark: ServiceMark = 'quiet',
): ServiceRow => ({ label, value, mark })
const faulty = (device: string, kind: string, mark: ServiceMark = 'wrong'): ServiceRow[] => [
  row('fault', fault(device, kind, 'name'), mark),
  row('what to do', fault(device, kind, 'what to do')),
]

const plain: ServicePage = {
  title: 'menu',
  sentence: null,
  mark: 'quiet',
  rows: [],
  typing: null,
  choices: [],
  whole: null,
  back: true,
  confirm: false,
}
const typing = (typed: string, more: Partial<NonNullable<ServicePage['typing']>> = {}) => ({
  typing: { typed, hidden: false, of: null, ...more },
  confirm: true,
})

const counted = [
  [100, 214, 214],
  [50, 96, 95],
  [20, 41, 41],
  [10, 133, 133],
  [5, 58, 58],
] as const

/** One page of every title, or several where they differ in more than their words. */
const pages: Record<ServiceTitle, Partial<ServicePage>[]> = {
  'who are you': [
    { sentence: 'type your number', ...typing('') },
    { sentence: 'wrong', mark: 'wrong', ...typing('40') },
  ],
  'your pin': [{ sentence: 'type your pin', ...typing('20473', { hidden: true }) }],
  witness: [{ sentence: 'type your number', ...typing('5017') }],
  'witness pin': [{ sentence: 'type your pin', ...typing('', { hidden: true }) }],
  locked: [
    {
      sentence: 'wait for lock',
      mark: 'attention',
      rows: [row('locked for', { kind: 'seconds', value: 900 })],
    },
  ],
  'after this sale': [
    {
      sentence: 'waits for parties',
      mark: 'attention',
      rows: [row('at work', word('slips'), 'attention')],
    },
    {
      sentence: 'waits for parties',
      mark: 'attention',
      rows: [row('at work', word('slips'), 'attention')],
    },
  ],
  menu: [
    {
      sentence: 'choose',
      rows: [
        row('state', word('out of service'), 'attention'),
        row('tenders', { kind: 'tender', tender: 'cash' }, 'wrong'),
        row('tenders', { kind: 'tender', tender: 'bank card' }, 'well'),
        row('tenders', { kind: 'tender', tender: 'account' }, 'well'),
        row('kiosk', plate('000000000101')),
        row('place', plate('Jianguo Road 118, Community Hall')),
        row('version', plate('1.4.2 (8017aad)')),
        row('devices', word('degraded'), 'attention'),
        row('link', word('reached'), 'well'),
        row('records', word('trusted'), 'well'),
        row('paper', word('out'), 'wrong'),
      ],
      choices: [
        'devices',
        'cash box',
        'paper',
        'link',
        'records',
        'settings',
        'language',
        'close',
        'restart',
      ],
    },
    {
      sentence: 'choose',
      rows: [row('state', word('out of service'), 'attention'), row('paper', word('ok'), 'well')],
      choices: ['cash box', 'paper', 'leave'],
    },
  ],
  devices: [
    {
      rows: [
        row('cardReader', word('ready'), 'well'),
        row('noteAcceptor', fault('noteAcceptor', 'cash box removed', 'name'), 'wrong'),
        row('receiptPrinter', fault('receiptPrinter', 'paper low', 'name'), 'attention'),
        row('bankTerminal', word('starting'), 'attention'),
        row('screen', { kind: 'seconds', value: 2 }),
      ],
      choices: [
        'cardReader',
        'noteAcceptor',
        'receiptPrinter',
        'bankTerminal',
        'screen',
        'sound',
        'faults',
      ],
    },
    {
      rows: [
        row('cardReader', word('ready'), 'well'),
        row('receiptPrinter', fault('receiptPrinter', 'paper low', 'name'), 'attention'),
      ],
      choices: ['cardReader', 'receiptPrinter', 'screen', 'sound', 'faults'],
    },
  ],
  cardReader: [
    {
      sentence: 'take the card',
      mark: 'well',
      rows: [
        row('state', word('ready'), 'well'),
        row('last heard', { kind: 'seconds', value: 0 }),
        row('model', plate('ACS ACR38U-CCID 00 00')),
        row('atr', plate('3B 9F 95 80 1F C7 80 31 E0 73 FE 21 13 57 86 81 02 86 98 44 18 A8')),
        row('answer time', { kind: 'milliseconds', value: 38 }, 'well'),
      ],
      choices: ['test', 'ask again'],
    },
    { sentence: 'insert a card' },
  ],
  noteAcceptor: [
    {
      rows: [
        row('state', fault('noteAcceptor', 'jam', 'name'), 'wrong'),
        row('what to do', fault('noteAcceptor', 'jam', 'what to do'), 'attention'),
        row('last heard', { kind: 'seconds', value: 4 }),
        row('stacked ever', count(48_211)),
        row('rejected ever', count(1_904)),
        row('model', plate('MEI SCN8307R')),
        row('serial', plate('5043 2209 118')),
        row('port', plate('/dev/ttyUSB0')),
        {
          ...row('fault', fault('noteAcceptor', 'cash box removed', 'name')),
          at: now - 190 * minutes,
        },
        {
          ...row('fault', fault('noteAcceptor', 'not answering', 'name')),
          at: now - 99 * 60 * minutes,
        },
      ],
      choices: ['test'],
    },
    {
      rows: [
        row('state', word('out of service'), 'wrong'),
        ...faulty('noteAcceptor', 'jam'),
        row('last heard', { kind: 'seconds', value: 4 }),
        row('model', plate('MEI SCN8307R')),
        row('serial', plate('5043 2209 118')),
        row('accuracy', word('inaccurate'), 'attention'),
        row('notes of unknown fate', count(1), 'attention'),
        row('stacked ever', count(48_211)),
        row('rejected ever', count(1_904)),
      ],
      choices: ['test'],
    },
    {
      sentence: 'insert a note',
      rows: [row('stacked ever', count(310)), row('rejected ever', count(4))],
    },
    { sentence: 'note comes back', mark: 'well', rows: [row('answer time', word('well'), 'well')] },
  ],
  receiptPrinter: [
    {
      sentence: 'look at the paper',
      rows: [
        row('state', word('ready'), 'attention'),
        ...faulty('receiptPrinter', 'cutter', 'attention'),
        row('paper', word('low'), 'attention'),
        row('receipts printed', count(12_480)),
        row('port', plate('/dev/serial/by-id/usb-1a86-if00')),
      ],
      choices: ['seen', 'not seen', 'test page', 'cut'],
    },
  ],
  bankTerminal: [
    {
      sentence: 'test passed',
      mark: 'well',
      rows: [
        row('state', word('ready'), 'well'),
        row('terminal id', plate('52500041')),
        row('vending', word('yes'), 'well'),
        row('payments open', count(0), 'well'),
        row('last heard', { kind: 'seconds', value: 75 }),
        row('answer time', { kind: 'milliseconds', value: 1_240 }),
      ],
      choices: ['test', 'ask again'],
    },
  ],
  screen: [
    {
      sentence: 'choose',
      rows: [row('screen', plate('1080 × 1920'))],
      choices: ['touch grid', 'colours'],
    },
  ],
  sound: [
    {
      sentence: 'did you hear three sounds',
      rows: [row('volume', count(70))],
      choices: ['play', 'seen', 'not seen', 'volume up', 'volume down'],
    },
  ],
  'touch grid': [
    { sentence: 'touch every field', choices: ['seen', 'not seen'], whole: 'touch grid' },
  ],
  colours: [
    { sentence: 'do you see five colours', choices: ['seen', 'not seen'], whole: 'colours' },
  ],
  link: [
    {
      rows: [
        row('centre', word('reached'), 'well'),
        row('answer time', { kind: 'milliseconds', value: 212 }),
        row('fleet', word('away'), 'wrong'),
        row('last heard', { kind: 'time', at: now - 42 * minutes }),
        row('outbox', count(318), 'attention'),
        row('clock', word('trusted'), 'well'),
      ],
      choices: ['ask again', 'commands'],
    },
  ],
  records: [
    {
      rows: [
        row('journal', word('well'), 'well'),
        row('not yet uploaded', count(12), 'well'),
        row('sales open', count(0), 'well'),
        row('payments open', count(1), 'attention'),
        row('outbox', count(318), 'attention'),
        row('disk free', { kind: 'bytes', value: 11_840_000_000 }, 'well'),
        row('last heard', { kind: 'time', at: now - 31 * 60 * minutes }),
      ],
      choices: ['faults', 'ask again'],
    },
  ],
  faults: [
    {
      rows: (
        [
          ['noteAcceptor', 'cash box removed', 'wrong'],
          ['receiptPrinter', 'paper low', 'attention'],
          ['bankTerminal', 'no connection', 'quiet'],
          ['noteAcceptor', 'not answering', 'quiet'],
          ['cardReader', 'no card service', 'quiet'],
          ['receiptPrinter', 'cutter', 'quiet'],
          ['bankTerminal', 'day not ended', 'quiet'],
          ['noteAcceptor', 'fraud attempt', 'quiet'],
        ] as const
      ).map(([device, kind, mark], at) => ({
        ...row('fault', fault(device, kind, 'name'), mark),
        at: now - (at * 9 * 60 + 40) * minutes,
      })),
    },
    {
      rows: [
        ...faulty('noteAcceptor', 'cash box removed'),
        ...faulty('receiptPrinter', 'paper low', 'attention'),
        ...faulty('bankTerminal', 'no connection', 'attention'),
      ],
    },
  ],
  'cash box': [
    {
      rows: [
        row('accuracy', word('accurate'), 'well'),
        row('notes of unknown fate', count(0), 'well'),
      ],
      choices: ['exchange'],
    },
  ],
  'exchange: begin': [
    {
      sentence: 'exchange goes on',
      mark: 'attention',
      rows: [row('old box', plate('00412'))],
      choices: ['count here', 'count at the office', 'stop exchange'],
    },
  ],
  'exchange: count': [
    {
      sentence: 'count blind',
      rows: counted.slice(0, 3).map(([units, , many]) => row('counted', notes(units, many))),
      choices: ['stop exchange'],
    },
  ],
  'exchange: how many': [
    { sentence: 'how many of this note', ...typing('95', { of: yuan(50) }) },
    {
      sentence: 'how many of this note',
      rows: counted.slice(0, 2).map(([units, , many]) => row('counted', notes(units, many))),
      choices: ['stop exchange'],
      ...typing('', { of: yuan(20) }),
    },
  ],
  'exchange: compare': [
    {
      sentence: 'it differs',
      mark: 'attention',
      rows: [
        ...counted.flatMap(([units, expected, found]) => [
          row('expected', notes(units, expected)),
          row('counted', notes(units, found)),
          row('difference', notes(units, found - expected), found === expected ? 'well' : 'wrong'),
        ]),
        row('expected', { kind: 'money', value: yuan(28_440) }),
        row('counted', { kind: 'money', value: yuan(28_390) }),
        row('difference', { kind: 'money', value: yuan(-50) }, 'wrong'),
      ],
      choices: ['count here', 'stop exchange'],
      confirm: true,
    },
  ],
  'exchange: take out': [
    { sentence: 'take the box out', choices: ['box is out', 'stop exchange'], back: false },
  ],
  'exchange: seal': [
    { sentence: 'type the seal', rows: [row('old box', plate('00412'))], ...typing('771904') },
  ],
  'exchange: put in': [{ sentence: 'put the new box in', choices: ['box is in'], back: false }],
  'exchange: new box': [{ sentence: 'type the box', ...typing('00') }],
  'exchange: new seal': [
    { sentence: 'type the seal', rows: [row('new box', plate('00413'))], ...typing('') },
  ],
  'exchange: done': [
    {
      sentence: 'the slip prints',
      mark: 'well',
      rows: [
        row('number of slip', plate('0101-B-00031')),
        row('old box', plate('00412')),
        row('seal', plate('77190433')),
        row('new box', plate('00413')),
        row('counted', { kind: 'money', value: yuan(28_390) }),
        row('difference', { kind: 'money', value: yuan(-50) }, 'attention'),
      ],
      choices: ['print slip again'],
      confirm: true,
    },
  ],
  paper: [
    {
      sentence: 'new roll',
      rows: [row('state', word('out'), 'wrong'), row('receipts printed', count(12_480))],
      choices: ['roll changed', 'test page', 'cut'],
    },
  ],
  settings: [
    {
      sentence: 'saved',
      mark: 'well',
      rows: [row('language', plate('zh')), row('volume', count(70))],
      choices: ['english', 'chinese', 'arabic', 'volume up', 'volume down'],
    },
  ],
  language: [{ sentence: 'choose', choices: ['english', 'chinese', 'arabic'] }],
  close: [
    {
      sentence: 'closed now',
      mark: 'attention',
      rows: [
        row('state', word('out of service'), 'attention'),
        row('person', plate('2047')),
        row('started', { kind: 'time', at: now - 13 * minutes }),
      ],
      choices: ['close now', 'close for a fault', 'close for the day', 'open'],
    },
  ],
  restart: [
    { sentence: 'choose', choices: ['restart screen', 'restart program', 'reboot', 'shut down'] },
  ],
  commands: [
    {
      rows: [
        { ...row('command', plate('out-of-service')), at: now - 190 * minutes },
        { ...row('command', plate('reboot')), at: now - 26 * 60 * minutes },
      ],
    },
  ],
  readiness: [
    {
      sentence: 'not ready to open',
      mark: 'wrong',
      rows: [
        row('cardReader', word('ready'), 'well'),
        row('noteAcceptor', fault('noteAcceptor', 'cash box removed', 'name'), 'wrong'),
        row('receiptPrinter', word('ready'), 'well'),
        row('bankTerminal', word('starting')),
        row('centre', word('reached'), 'well'),
        row('clock', word('trusted'), 'well'),
        row('journal', word('well'), 'well'),
        row('not yet uploaded', count(0), 'well'),
        row('disk free', { kind: 'bytes', value: 11_840_000_000 }, 'well'),
        row('sells', word('no'), 'wrong'),
      ],
      choices: ['ask again', 'leave closed'],
    },
    {
      sentence: 'ready to open',
      mark: 'well',
      rows: [
        row('sells', word('yes'), 'well'),
        row('tenders', { kind: 'tender', tender: 'cash' }, 'well'),
        row('tenders', { kind: 'tender', tender: 'bank card' }, 'well'),
        row('tenders', { kind: 'tender', tender: 'account' }, 'well'),
      ],
      choices: ['open', 'leave closed'],
    },
  ],
  testing: [{ sentence: 'testing', rows: [row('state', word('starting'))], back: false }],
}

const screen = (title: ServiceTitle, some: Partial<ServicePage>): ServiceScreen => ({
  kind: 'service',
  person:
    title === 'who are you' || title === 'your pin' || title === 'locked'
      ? null
      : {
          name: title.startsWith('exchange') ? 'Fatima Al-Mutanabbi' : '王建国',
          role: roleAt(title),
        },
  since: title === 'after this sale' ? null : now - 13 * minutes,
  page: { ...plain, title, ...some },
})
const roleAt = (title: ServiceTitle) =>
  title.startsWith('exchange')
    ? 'cash collector'
    : title === 'restart'
      ? 'supervisor'
      : 'technician'

const base = gallery.find(({ name }) => name === 'out of service: by the operator')?.view
if (base === undefined) throw new Error('the gallery of the customer’s screens has no closed kiosk')
const picture = (
  name: string,
  title: ServiceTitle,
  some: Partial<ServicePage>,
  more: Partial<Picture['view']> = {},
): Picture => ({
  name: `service: ${name}`,
  view: { ...base, ...more, screen: screen(title, some) },
})

/** Pages as they are met. */
export const servicePages: readonly Picture[] = [
  ...(Object.entries(pages) as [ServiceTitle, Partial<ServicePage>[]][]).flatMap(([title, some]) =>
    some.map((page, at) => picture(at === 0 ? title : `${title}, ${at + 1}`, title, page)),
  ),
  picture('menu, night', 'menu', pages.menu[0] ?? {}, { theme: 'night' }),
  picture('readiness, contrast', 'readiness', pages.readiness[0] ?? {}, { theme: 'contrast' }),
]

// --- every word at least once, where the pages above have no place for it ---------------------------------------------
const sentences: Record<ServiceSentence, [ServiceTitle, ServiceMark]> = {
  'type your number': ['who are you', 'quiet'],
  'type your pin': ['your pin', 'quiet'],
  wrong: ['your pin', 'wrong'],
  'not allowed': ['cash box', 'wrong'],
  'wait for lock': ['locked', 'attention'],
  'waits for parties': ['after this sale', 'attention'],
  choose: ['menu', 'quiet'],
  'insert a card': ['cardReader', 'quiet'],
  'insert a note': ['noteAcceptor', 'quiet'],
  'note comes back': ['noteAcceptor', 'quiet'],
  'take the card': ['cardReader', 'quiet'],
  'look at the paper': ['receiptPrinter', 'quiet'],
  'touch every field': ['touch grid', 'quiet'],
  'do you see five colours': ['colours', 'quiet'],
  'did you hear three sounds': ['sound', 'quiet'],
  testing: ['testing', 'quiet'],
  'test passed': ['bankTerminal', 'well'],
  'test failed': ['bankTerminal', 'wrong'],
  'nobody came': ['noteAcceptor', 'attention'],
  'count blind': ['exchange: count', 'quiet'],
  'how many of this note': ['exchange: how many', 'quiet'],
  'it agrees': ['exchange: compare', 'well'],
  'it differs': ['exchange: compare', 'attention'],
  'counted at the office': ['exchange: compare', 'quiet'],
  'take the box out': ['exchange: take out', 'quiet'],
  'type the seal': ['exchange: seal', 'quiet'],
  'put the new box in': ['exchange: put in', 'quiet'],
  'type the box': ['exchange: new box', 'quiet'],
  'the slip prints': ['exchange: done', 'well'],
  'the slip is on screen': ['exchange: done', 'attention'],
  'exchange goes on': ['exchange: begin', 'attention'],
  'new roll': ['paper', 'quiet'],
  'closed now': ['close', 'attention'],
  'open now': ['close', 'well'],
  'ready to open': ['readiness', 'well'],
  'not ready to open': ['readiness', 'wrong'],
  'restarts now': ['restart', 'attention'],
  saved: ['settings', 'well'],
  'not saved': ['settings', 'wrong'],
}

const labels: Record<ServiceLabel | ServiceDevice, ServiceValue> = {
  cardReader: word('ready'),
  noteAcceptor: word('starting'),
  receiptPrinter: word('ready'),
  bankTerminal: word('starting'),
  state: word('in service'),
  'last heard': { kind: 'seconds', value: 4_020 },
  fault: fault('disk', 'full', 'name'),
  'what to do': fault('disk', 'full', 'what to do'),
  model: plate('MEI SCN8307R'),
  serial: plate('5043 2209 118'),
  port: plate('/dev/ttyACM0'),
  card: word('foreign card'),
  note: { kind: 'money', value: yuan(20) },
  atr: plate('3B 9F 95 80 1F C7 80 31 E0 73 FE 21 13 57 86 81 02 86 98 44 18 A8'),
  'answer time': { kind: 'milliseconds', value: 1_240 },
  accuracy: word('accurate'),
  'notes of unknown fate': count(0),
  'stacked ever': count(48_211),
  'rejected ever': count(1_904),
  paper: word('low'),
  'receipts printed': count(12_480),
  'terminal id': plate('52500041'),
  vending: word('yes'),
  'payments open': count(0),
  centre: word('reached'),
  fleet: word('not joined'),
  clock: word('trusted'),
  journal: word('well'),
  'not yet uploaded': count(12),
  'sales open': count(0),
  outbox: count(318),
  'disk free': { kind: 'bytes', value: 11_840_000_000 },
  version: plate('1.4.2 (8017aad)'),
  started: { kind: 'time', at: now - 26 * 60 * minutes },
  kiosk: plate('0101'),
  place: plate('Jianguo Road 118, Community Hall'),
  person: plate('2047'),
  sells: word('yes'),
  tenders: { kind: 'tender', tender: 'bank account' },
  screen: plate('1080 × 1920'),
  expected: { kind: 'money', value: yuan(28_440) },
  counted: { kind: 'money', value: yuan(28_390) },
  difference: { kind: 'money', value: yuan(-50) },
  'old box': plate('00412'),
  'new box': plate('00413'),
  seal: plate('77190433'),
  'number of slip': plate('0101-B-00031'),
  command: plate('out-of-service'),
  'locked for': { kind: 'seconds', value: 905 },
  volume: count(70),
  'at work': { kind: 'device', device: 'bankTerminal' },
  language: plate('zh'),
}

const spoken: Record<ServiceWord, ServiceLabel> = {
  yes: 'vending',
  no: 'sells',
  well: 'journal',
  never: 'last heard',
  unknown: 'accuracy',
  starting: 'state',
  ready: 'state',
  none: 'fault',
  reached: 'centre',
  away: 'centre',
  'not joined': 'fleet',
  accurate: 'accuracy',
  inaccurate: 'accuracy',
  ok: 'paper',
  low: 'paper',
  out: 'paper',
  'in service': 'state',
  degraded: 'state',
  'out of service': 'state',
  'finish only': 'state',
  trusted: 'clock',
  'not trusted': 'clock',
  passed: 'state',
  stopped: 'state',
  'nobody came': 'state',
  'no answer': 'state',
  'device fault': 'state',
  'card not readable': 'state',
  'card does not answer': 'state',
  'note refused': 'state',
  'note kept': 'state',
  'note lost': 'state',
  'not printed': 'state',
  'not seen': 'state',
  'not suitable': 'state',
  'payments open': 'state',
  'journal broken': 'state',
  'came back': 'note',
  'not recognised': 'note',
  'not accepted now': 'note',
  'two notes': 'note',
  'pulled back': 'note',
  'held too long': 'note',
  'cannot stack': 'note',
  'foreign card': 'card',
  'end of day': 'at work',
  payments: 'at work',
  slips: 'at work',
  technician: 'person',
  'cash collector': 'person',
  supervisor: 'person',
}

const shownPages = Object.values(pages).flat()
const missing = <Word extends string>(
  all: readonly Word[],
  isShown: (page: Partial<ServicePage>, word: Word) => boolean,
): Word[] => all.filter((each) => !shownPages.some((page) => isShown(page, each)))

const inPieces = <Value>(all: readonly Value[], size: number): Value[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  )

const marks: ServiceMark[] = ['well', 'attention', 'wrong', 'quiet']
const namesOf = <Key extends string>(table: Record<Key, unknown>): Key[] =>
  Object.keys(table) as Key[]

const restOfWords = missing(namesOf(spoken), ({ rows = [] }, each) =>
  rows.some(({ value }) => value.kind === 'word' && value.word === each),
).map((each, at) => row(spoken[each], word(each), marks[at % 4]))
const restOfLabels = missing(namesOf(labels), ({ rows = [] }, each) =>
  rows.some(({ label }) => label === each),
).map((each, at) => row(each, labels[each], marks[at % 4]))
const restOfChoices = missing(serviceChoices, ({ choices = [] }, each: ServiceChoice) =>
  choices.includes(each),
)
const restOfFaults = Object.entries(allFaults).flatMap(([device, faults]) =>
  Object.keys(faults).map((kind) => faulty(device, kind, 'attention')),
)

/** Pages that only have words which no page above has. */
export const serviceWords: readonly Picture[] = [
  ...missing(namesOf(sentences), ({ sentence }, each) => sentence === each).map((each) =>
    picture(`says ${each}`, sentences[each][0], { sentence: each, mark: sentences[each][1] }),
  ),
  ...inPieces([...restOfLabels, ...restOfWords], 9).map((rows, at) =>
    picture(`words, ${at + 1}`, 'testing', { rows }),
  ),
  ...inPieces(restOfChoices, 9).map((choices, at) =>
    picture(`choices, ${at + 1}`, 'menu', { choices }),
  ),
  ...inPieces(restOfFaults, 4).map((rows, at) =>
    picture(`faults, ${at + 1}`, 'faults', { rows: rows.flat() }),
  ),
]
