// A view for every screen and every variant of it, with long names and large numbers: what the screenshots show and the
// tests of the page walk through. A variant that is missing here does not compile.
import { energy } from '../domain/energy.ts'
import { minor, type Minor } from '../domain/money.ts'
import type {
  AccountCard,
  AmountProblem,
  ClaimTold,
  EnergyAfterStop,
  Mishap,
  MoneyPlace,
  NoteState,
  NoticeView,
  Outcome,
  OutOfServiceReason,
  PaymentHint,
  PaymentProblem,
  QuoteView,
  ReceiptState,
  Reference,
  RefusalView,
  Screen,
  TenderOffer,
  TenderTrouble,
  View,
  WaitReason,
  Wire,
} from '../ui/kiosk/screen.ts'

export type Picture = { name: string; view: View }

/** Tuesday, 24 November 2026, 14:05 in Shanghai. */
const now = Date.UTC(2026, 10, 24, 6, 5)
const dayMs = 24 * 60 * 60 * 1000

const yuan = (units: number): Minor => minor(Math.round(units * 100))
const kWh = (units: number) => energy(Math.round(units * 100))

const reference: Reference = {
  number: '0101 4827 3391',
  words: ['river', 'candle', 'orange', 'seven'],
}
const order = '2611240000004711'

const chen: AccountCard = {
  shortName: 'L. Chen',
  address: '•••, Jianguo Road 118',
  meter: '•••• 4679',
  card: '•••• 93A0',
  tariff: 'Home, three blocks',
  partOfDay: 'afternoon',
  balance: yuan(36.5),
  arrears: yuan(0),
  reading: {
    remaining: kWh(12.4),
    at: now - 3 * dayMs,
    usedThisMonth: kWh(148.2),
    usedLastMonth: kWh(201.75),
    daysLeft: 3,
  },
}
const long: AccountCard = {
  ...chen,
  shortName: 'M. Al-Mutanabbi-Featherstonehaugh',
  address: '•••, Prince Mohammed bin Abdulaziz Street 2451, Building 18',
  tariff: 'Small business, time of use, winter 2026',
  balance: yuan(128_450.75),
  arrears: yuan(12_340.05),
  partOfDay: 'evening',
  reading: {
    remaining: kWh(98_765.43),
    at: now - 40 * dayMs,
    usedThisMonth: kWh(12_345.67),
    usedLastMonth: kWh(23_456.78),
    daysLeft: 117,
  },
}
const fresh: AccountCard = { ...chen, balance: null, partOfDay: 'morning', reading: null }

const plainQuote: QuoteView = {
  pay: yuan(50),
  fee: yuan(0),
  fixed: yuan(0),
  arrears: { paid: yuan(0), after: yuan(0) },
  blocks: [{ energy: kWh(58.4), price: 7_575, cost: yuan(44.24) }],
  vat: { rate: 1_300, amount: yuan(5.76) },
  otherLevies: yuan(0),
  energyCost: yuan(50),
  freeEnergy: kWh(0),
  get: kWh(58.4),
  residue: yuan(0),
}
const fullQuote: QuoteView = {
  pay: yuan(1_200),
  fee: yuan(2),
  fixed: yuan(18.5),
  arrears: { paid: yuan(240), after: yuan(12_100.05) },
  blocks: [
    { energy: kWh(170), price: 4_883, cost: yuan(83.01) },
    { energy: kWh(230), price: 5_383, cost: yuan(123.81) },
    { energy: kWh(709.35), price: 7_883, cost: yuan(559.18) },
  ],
  vat: { rate: 1_300, amount: yuan(99.58) },
  otherLevies: yuan(73.9),
  energyCost: yuan(939.48),
  freeEnergy: kWh(15),
  get: kWh(1_124.35),
  residue: yuan(0.02),
}

const denominations = [yuan(5), yuan(10), yuan(20), yuan(50), yuan(100)]
const everythingWorks: TenderOffer[] = [
  { tender: 'cash', works: true },
  { tender: 'bank card', works: true },
  { tender: 'account', works: true },
]

const base = (screen: Screen, wire: Wire): View => ({
  number: 1,
  language: 'en',
  theme: 'day',
  volume: 7,
  kiosk: {
    number: '000000000101',
    place: 'Jianguo Road 118, Community Hall',
    phone: '0800 123 456',
  },
  timeZone: 'Asia/Shanghai',
  currency: { code: 'CNY', symbol: '¥' },
  slots: { card: 'right-low', notes: 'right-mid', receipt: 'bottom', bankTerminal: 'right-high' },
  now,
  wire,
  warning: null,
  screen,
})

const pictures: Picture[] = []
const add = (
  name: string,
  screen: Screen,
  at: Wire['at'],
  state: Wire['state'] = 'flowing',
  more: Partial<View> = {},
) => pictures.push({ name, view: { ...base(screen, { at, state }), ...more } })

// --- nobody here, and nothing to sell -------------------------------------------------------------------------------
const attract: Extract<Screen, { kind: 'attract' }> = {
  kind: 'attract',
  tenders: everythingWorks,
  receipts: 'on paper',
  denominations,
}
add('attract', attract, null)
add('attract, night', attract, null, 'flowing', { theme: 'night' })
add('attract, contrast', attract, null, 'flowing', { theme: 'contrast' })
for (const why of Object.keys({
  'not offered here': 0,
  'device fault': 0,
  'cash box full': 0,
  'not enough in the account': 0,
  'no account': 0,
  'checking an earlier payment': 0,
  'bank away': 0,
  'refused too often': 0,
} satisfies Record<TenderTrouble, 0>) as TenderTrouble[]) {
  add(
    `attract, cash: ${why}`,
    {
      ...attract,
      tenders: [
        { tender: 'cash', works: false, why },
        { tender: 'bank card', works: false, why: 'not offered here' },
        { tender: 'account', works: true },
      ],
      receipts: 'on screen',
    },
    null,
  )
}
add(
  'attract, nothing to pay with',
  {
    ...attract,
    tenders: [
      { tender: 'cash', works: false, why: 'cash box full' },
      { tender: 'bank card', works: false, why: 'device fault' },
      { tender: 'account', works: false, why: 'not offered here' },
    ],
  },
  null,
)
add('attract, slots at the left', attract, null, 'flowing', {
  slots: { card: 'left-mid', notes: 'left-high', receipt: 'right-low', bankTerminal: 'left-low' },
})
add('attract, card slot below', attract, null, 'flowing', {
  slots: { card: 'bottom', notes: 'left-high', receipt: 'right-high', bankTerminal: 'left-low' },
})
for (const why of Object.keys({
  starting: 0,
  'centre away': 0,
  'card reader': 0,
  journal: 0,
  'no tender works': 0,
  'by the operator': 0,
} satisfies Record<OutOfServiceReason, 0>) as OutOfServiceReason[]) {
  add(
    `out of service: ${why}`,
    { kind: 'out of service', why, reference: why === 'journal' ? reference : null },
    null,
    why === 'starting' ? 'flowing' : 'broken',
  )
}

// --- waiting --------------------------------------------------------------------------------------------------------
const waits: Record<WaitReason, Wire['at']> = {
  'reading card': 'card',
  'asking the centre': 'card',
  price: 'amount',
  order: 'confirm',
  'note on its way': 'pay',
  'taking back': 'take',
  claim: 'card',
  'finishing payment': 'confirm',
  'undoing payment': 'confirm',
  closing: 'confirm',
  printing: 'take',
}
for (const [why, at] of Object.entries(waits) as [WaitReason, Wire['at']][]) {
  add(`please wait: ${why}`, { kind: 'please wait', for: why }, at, 'pulsing')
}

// --- refused --------------------------------------------------------------------------------------------------------
const refusals: RefusalView[] = [
  { kind: 'foreign card' },
  { kind: 'card not readable' },
  { kind: 'not genuine' },
  { kind: 'service card' },
  { kind: 'preset card' },
  { kind: 'card replaced' },
  { kind: 'other area' },
  { kind: 'not yet in meter' },
  { kind: 'under inquiry' },
  { kind: 'payment being checked' },
  { kind: 'centre away' },
  { kind: 'visit the office', why: 'not issued' },
  { kind: 'visit the office', why: 'key blocked' },
  { kind: 'visit the office', why: 'key version' },
  { kind: 'visit the office', why: 'data differ' },
  { kind: 'visit the office', why: 'customer blocked' },
  { kind: 'visit the office', why: 'card blocked' },
  { kind: 'visit the office', why: 'profile' },
  { kind: 'unread purchase', energy: kWh(58.4), at: now - 2 * dayMs },
  { kind: 'unread purchase', energy: kWh(12_058.4), at: null },
  ...[1, 2, 3, 4, 5, 8, 13, 15, 18, 19, 20, 21, 22].map((code): RefusalView => ({
    kind: 'refused by meter',
    code,
    otherMeter: null,
  })),
  { kind: 'refused by meter', code: 11, otherMeter: null },
  { kind: 'refused by meter', code: 11, otherMeter: '•••• 5512' },
  { kind: 'meter full', remaining: kWh(11_980), limit: kWh(12_000) },
]
/** Kinds that the list above must hold at least once. */
const refusalKinds: Record<RefusalView['kind'], true> = {
  'foreign card': true,
  'card not readable': true,
  'not genuine': true,
  'service card': true,
  'preset card': true,
  'card replaced': true,
  'other area': true,
  'not yet in meter': true,
  'under inquiry': true,
  'payment being checked': true,
  'centre away': true,
  'visit the office': true,
  'unread purchase': true,
  'refused by meter': true,
  'meter full': true,
}
for (const refusal of refusals) {
  const { kind } = refusal
  const known = kind === 'unread purchase' || kind === 'meter full' || kind === 'under inquiry'
  add(
    `refused: ${Object.values(refusal).join(', ')}`,
    { kind: 'refused', refusal, account: known ? chen : null, depositOffered: known },
    'card',
    'broken',
  )
}

// --- the account ----------------------------------------------------------------------------------------------------
const notices: Record<NoticeView['kind'], NoticeView> = {
  arrears: { kind: 'arrears', balance: yuan(340.05), sharePercent: 20 },
  'low energy': { kind: 'low energy', remaining: kWh(4.1) },
  headroom: { kind: 'headroom', mostEnergy: kWh(820) },
  'used in other meter': { kind: 'used in other meter', meter: '•••• 5512' },
}
add('account', { kind: 'account', account: chen, notices: [], canBuy: true }, 'card')
add(
  'account, low energy and arrears',
  {
    kind: 'account',
    account: {
      ...chen,
      arrears: yuan(340.05),
      reading: {
        remaining: kWh(4.1),
        at: now - dayMs,
        usedThisMonth: kWh(148.2),
        usedLastMonth: kWh(201.75),
        daysLeft: 1,
      },
    },
    notices: [notices['low energy'], notices.arrears],
    canBuy: true,
  },
  'card',
)
add(
  'account, headroom',
  { kind: 'account', account: chen, notices: [notices.headroom], canBuy: true },
  'card',
)
add(
  'account, other meter, used up',
  {
    kind: 'account',
    account: {
      ...chen,
      reading: {
        remaining: kWh(0),
        at: now,
        usedThisMonth: kWh(0),
        usedLastMonth: kWh(9.5),
        daysLeft: 0,
      },
    },
    notices: [notices['used in other meter']],
    canBuy: false,
  },
  'card',
)
add('account, new', { kind: 'account', account: fresh, notices: [], canBuy: true }, 'card')
add(
  'account, long',
  {
    kind: 'account',
    account: long,
    notices: [notices.arrears, notices.headroom],
    canBuy: true,
  },
  'card',
)
add(
  'account, night',
  { kind: 'account', account: chen, notices: [notices['low energy']], canBuy: true },
  'card',
  'flowing',
  { theme: 'night' },
)
add(
  'account, contrast',
  { kind: 'account', account: chen, notices: [notices['low energy']], canBuy: true },
  'card',
  'flowing',
  { theme: 'contrast' },
)
add(
  'enquiry',
  {
    kind: 'enquiry',
    account: long,
    purchases: [
      { at: now - 2 * dayMs, tender: yuan(50), energy: kWh(58.4), state: 'on card' },
      { at: now - 16 * dayMs, tender: yuan(100), energy: kWh(120.1), state: 'in meter' },
      { at: now - 31 * dayMs, tender: yuan(12_000), energy: kWh(18_640.75), state: 'open' },
      { at: now - 44 * dayMs, tender: yuan(20), energy: kWh(23.36), state: 'returned' },
      { at: now - 60 * dayMs, tender: yuan(200), energy: kWh(246.9), state: 'in meter' },
      { at: now - 91 * dayMs, tender: yuan(50), energy: kWh(58.4), state: 'in meter' },
    ],
  },
  'card',
)
// --- a claim slip ---------------------------------------------------------------------------------------------------
for (const typed of ['', '0101482', '010148273391', '010148273392']) {
  const wrong = typed === '010148273392'
  add(`type claim, ${wrong ? 'wrong' : typed.length}`, { kind: 'type claim', typed, wrong }, 'card')
}
const told: Record<ClaimTold['kind'], ClaimTold> = {
  redeemed: { kind: 'redeemed', amount: yuan(12_385), balance: yuan(140_835.75) },
  'already in account': { kind: 'already in account', amount: yuan(120), card: '••••93a0' },
  'in a purchase': { kind: 'in a purchase', card: '••••4679' },
  'already redeemed': { kind: 'already redeemed', at: now - 3 * dayMs },
  'not yet': { kind: 'not yet' },
  'not known': { kind: 'not known' },
  'ask the office': { kind: 'ask the office' },
  refused: { kind: 'refused' },
  'no answer': { kind: 'no answer' },
  'centre away': { kind: 'centre away' },
}
for (const each of Object.values(told)) {
  add(
    `claim told: ${each.kind}`,
    { kind: 'claim told', told: each, number: reference.number },
    'card',
  )
}

add('enquiry, nothing yet', { kind: 'enquiry', account: fresh, purchases: [] }, 'card')

// --- the amount -----------------------------------------------------------------------------------------------------
const choose: Extract<Screen, { kind: 'choose amount' }> = {
  kind: 'choose amount',
  by: 'money',
  suggestions: [20, 50, 100, 200],
  typed: '',
  least: yuan(10),
  most: yuan(1_000),
  problem: null,
}
add('choose amount', choose, 'amount')
add('choose amount, typed', { ...choose, typed: '75' }, 'amount')
add(
  'choose amount, by energy',
  { ...choose, by: 'energy', suggestions: [20, 50, 100, 200, 500, 1_000], typed: '12345' },
  'amount',
)
const problems: Record<AmountProblem['kind'], AmountProblem> = {
  'too little': { kind: 'too little', least: yuan(10) },
  'too much': { kind: 'too much', most: yuan(1_000) },
  'no energy': { kind: 'no energy' },
  'more than the meter may hold': { kind: 'more than the meter may hold', most: kWh(820.5) },
}
for (const problem of Object.values(problems)) {
  add(`choose amount: ${problem.kind}`, { ...choose, typed: '99999', problem }, 'amount')
}

// --- with what, and paying ------------------------------------------------------------------------------------------
add(
  'choose tender',
  {
    kind: 'choose tender',
    quote: plainQuote,
    tenders: everythingWorks,
    balance: yuan(128.4),
    problem: null,
  },
  'amount',
)
add(
  'choose tender, one works, long price',
  {
    kind: 'choose tender',
    quote: fullQuote,
    tenders: [
      { tender: 'cash', works: true },
      { tender: 'bank card', works: false, why: 'device fault' },
      { tender: 'account', works: false, why: 'not enough in the account' },
    ],
    balance: yuan(36.5),
    problem: null,
  },
  'amount',
)
add(
  'choose tender, no notes',
  {
    kind: 'choose tender',
    quote: plainQuote,
    tenders: [
      { tender: 'cash', works: false, why: 'cash box full' },
      { tender: 'bank card', works: false, why: 'not offered here' },
      { tender: 'account', works: true },
    ],
    balance: yuan(128.4),
    problem: null,
  },
  'amount',
)
const bankEdition: TenderOffer[] = [
  { tender: 'cash', works: true },
  { tender: 'bank card', works: true },
  { tender: 'bank account', works: true },
  { tender: 'account', works: false, why: 'not offered here' },
]
add('attract, at a bank', { ...attract, tenders: bankEdition }, null)
add(
  'choose tender, at a bank',
  { kind: 'choose tender', quote: plainQuote, tenders: bankEdition, balance: null, problem: null },
  'amount',
)
for (const [bankCard, bankAccount] of [
  ['checking an earlier payment', 'no account'],
  ['bank away', 'bank away'],
  ['refused too often', 'refused too often'],
] as const satisfies [TenderTrouble, TenderTrouble][]) {
  add(
    `choose tender, bank card: ${bankCard}`,
    {
      kind: 'choose tender',
      quote: fullQuote,
      tenders: [
        { tender: 'cash', works: true },
        { tender: 'bank card', works: false, why: bankCard },
        { tender: 'bank account', works: false, why: bankAccount },
      ],
      balance: null,
      problem: null,
    },
    'amount',
  )
}
for (const why of Object.keys({
  declined: 0,
  'customer cancelled': 0,
  'timed out': 0,
  'card not readable': 0,
  'card not accepted': 0,
  'not enough money': 0,
  limit: 0,
  'no connection': 0,
  'terminal busy': 0,
  'wrong pin': 0,
  'no bank account': 0,
  'not possible': 0,
} satisfies Record<PaymentProblem['why'], 0>) as PaymentProblem['why'][]) {
  add(
    `choose tender, payment failed: ${why}`,
    {
      kind: 'choose tender',
      quote: why === 'not enough money' ? fullQuote : plainQuote,
      tenders: everythingWorks,
      balance: yuan(128.4),
      problem: { way: 'bank card', why },
    },
    'amount',
  )
}

// --- paying at the bank terminal ------------------------------------------------------------------------------------
const atTerminal: Extract<Screen, { kind: 'paying by card' }> = {
  kind: 'paying by card',
  way: 'bank card',
  amount: yuan(50),
  hint: 'insert card',
  mayCancel: true,
}
for (const [hint, mayCancel] of Object.entries({
  'insert card': true,
  'enter pin': true,
  'wrong pin': true,
  'please wait': false,
  'asking the bank': false,
  'remove card': false,
  reversing: false,
  approved: false,
  declined: false,
  'not possible': false,
} satisfies Record<PaymentHint, boolean>) as [PaymentHint, boolean][]) {
  add(
    `paying by card: ${hint}`,
    { ...atTerminal, hint, mayCancel },
    'pay',
    mayCancel ? 'flowing' : 'pulsing',
  )
}
add(
  'paying by card, from the bank account, much',
  { ...atTerminal, way: 'bank account', amount: yuan(12_385.75), hint: 'enter pin' },
  'pay',
)
add('paying by card, night', { ...atTerminal, hint: 'enter pin' }, 'pay', 'flowing', {
  theme: 'night',
})
add('paying by card, contrast', atTerminal, 'pay', 'flowing', { theme: 'contrast' })
for (const place of ['right-low', 'left-high', 'left-mid', 'bottom'] as const) {
  add(`paying by card, terminal ${place}`, atTerminal, 'pay', 'flowing', {
    slots: { card: 'left-low', notes: 'right-mid', receipt: 'right-high', bankTerminal: place },
  })
}

const notesScreen: Extract<Screen, { kind: 'insert notes' }> = {
  kind: 'insert notes',
  target: yuan(200),
  inserted: yuan(0),
  notes: [],
  energy: kWh(0),
  denominations,
  note: { kind: 'ready' },
  canFinish: false,
  changeGoesTo: 'account',
}
const some: Extract<Screen, { kind: 'insert notes' }> = {
  ...notesScreen,
  inserted: yuan(120),
  notes: [yuan(50), yuan(20), yuan(50)],
  energy: kWh(140.16),
  canFinish: true,
}
add('insert notes, the first', notesScreen, 'pay')
const noteStates: NoteState[] = [
  { kind: 'ready' },
  { kind: 'reading' },
  { kind: 'checking', value: yuan(100) },
  { kind: 'taken', value: yuan(50) },
  { kind: 'given back', value: yuan(100) },
  ...(
    [
      'not recognised',
      'not accepted now',
      'two notes',
      'pulled back',
      'held too long',
      'cannot stack',
      'too much',
    ] as const satisfies Extract<NoteState, { kind: 'refused' }>['why'][]
  ).map((why): NoteState => ({ kind: 'refused', why })),
  ...(['not offered here', 'device fault', 'cash box full'] as const).map((why): NoteState => ({
    kind: 'stopped',
    why,
  })),
]
for (const note of noteStates) {
  add(`insert notes: ${Object.values(note).join(', ')}`, { ...some, note }, 'pay')
}
add(
  'insert notes, many, claim',
  {
    ...notesScreen,
    target: yuan(1_200),
    inserted: yuan(1_385),
    notes: [
      ...Array.from({ length: 12 }, () => yuan(100)),
      ...Array.from({ length: 23 }, () => yuan(5)),
      yuan(50),
      yuan(20),
    ],
    energy: kWh(12_124.35),
    canFinish: true,
    changeGoesTo: 'claim',
  },
  'pay',
)
add(
  'insert notes, deposit',
  {
    ...some,
    target: null,
    energy: null,
  },
  'pay',
)
add(
  'insert notes, night',
  { ...some, note: { kind: 'taken', value: yuan(50) } },
  'pay',
  'flowing',
  {
    theme: 'night',
  },
)
add('insert notes, slot at the left', some, 'pay', 'flowing', {
  slots: { card: 'right-low', notes: 'left-mid', receipt: 'bottom', bankTerminal: 'right-high' },
})
for (const restGoesTo of ['account', 'claim'] as const) {
  add(
    restGoesTo === 'account' ? 'more than chosen' : 'more than chosen, no account',
    {
      kind: 'more than chosen',
      chosen: yuan(200),
      inserted: yuan(250),
      energyForAll: kWh(291.9),
      energyForChosen: kWh(233.6),
      rest: yuan(50),
      restGoesTo,
    },
    'pay',
  )
}

// --- confirming -----------------------------------------------------------------------------------------------------
add(
  'confirm purchase',
  {
    kind: 'confirm purchase',
    quote: plainQuote,
    tender: 'cash',
    paid: yuan(50),
    restGoesTo: 'account',
    rest: yuan(0),
    account: chen,
  },
  'confirm',
)
add(
  'confirm purchase, every line',
  {
    kind: 'confirm purchase',
    quote: fullQuote,
    tender: 'cash',
    paid: yuan(1_385),
    restGoesTo: 'account',
    rest: yuan(185.02),
    account: long,
  },
  'confirm',
)
add(
  'confirm purchase, from the account',
  {
    kind: 'confirm purchase',
    quote: { ...plainQuote, pay: yuan(51), fee: yuan(1) },
    tender: 'account',
    paid: yuan(51),
    restGoesTo: 'account',
    rest: yuan(0),
    account: chen,
  },
  'confirm',
)
add(
  'confirm purchase, night',
  {
    kind: 'confirm purchase',
    quote: fullQuote,
    tender: 'bank card',
    paid: yuan(1_200),
    restGoesTo: 'account',
    rest: yuan(0),
    account: chen,
  },
  'confirm',
  'flowing',
  { theme: 'night' },
)
add(
  'confirm purchase, contrast',
  {
    kind: 'confirm purchase',
    quote: plainQuote,
    tender: 'cash',
    paid: yuan(50),
    restGoesTo: 'account',
    rest: yuan(0),
    account: chen,
  },
  'confirm',
  'flowing',
  { theme: 'contrast' },
)
add(
  'confirm purchase, from the bank account',
  {
    kind: 'confirm purchase',
    quote: { ...plainQuote, pay: yuan(51), fee: yuan(1) },
    tender: 'bank account',
    paid: yuan(51),
    restGoesTo: 'account',
    rest: yuan(0),
    account: fresh,
  },
  'confirm',
)
add('confirm deposit', { kind: 'confirm deposit', amount: yuan(120), account: long }, 'confirm')
for (const goesTo of ['account', 'claim', 'payer'] as const) {
  add(
    `confirm cancel, to ${goesTo}`,
    { kind: 'confirm cancel', inserted: yuan(120), goesTo },
    'pay',
    'broken',
  )
}

// --- writing --------------------------------------------------------------------------------------------------------
const writing = (
  phase: Extract<Screen, { kind: 'writing' }>['phase'],
  step: number,
  amount = 58.4,
): Screen => ({ kind: 'writing', energy: kWh(amount), step, steps: 7, phase })
add('writing, preparing', writing('preparing', 0), 'confirm', 'pulsing')
add('writing', writing('writing', 4), 'confirm', 'pulsing')
add('writing, proving', writing('proving', 7, 12_124.35), 'confirm', 'pulsing')
add('writing, night', writing('writing', 4), 'confirm', 'pulsing', { theme: 'night' })
for (const otherCard of [false, true]) {
  add(
    otherCard ? 'put card back, another card' : 'put card back',
    { kind: 'put card back', energy: kWh(58.4), reference, otherCard },
    'confirm',
    'broken',
  )
}
for (const mayReturn of [true, false]) {
  add(
    `open order, ${mayReturn ? 'may return' : 'may not return'}`,
    { kind: 'open order', energy: kWh(58.4), paid: yuan(50), mayReturn, reference },
    'confirm',
    'broken',
  )
}

// --- leaving --------------------------------------------------------------------------------------------------------
const receiptOnScreen: ReceiptState = {
  kind: 'on screen',
  why: 'paper out',
  tries: 1,
  lines: [
    { label: 'Energy of Town', value: 'Tax no. 0000000', strong: false },
    { label: 'Kiosk', value: '0101, Jianguo Road 118', strong: false },
    { label: 'Date', value: '2026-11-24 14:05', strong: false },
    { label: 'Receipt', value: '0101-000482', strong: false },
    { label: 'Order', value: order, strong: false },
    { label: 'Customer', value: 'L. Chen', strong: false },
    { label: 'Meter', value: '••••4679', strong: false },
    { label: 'Paid in notes', value: '¥1,385.00', strong: false },
    { label: 'Kiosk fee', value: '¥2.00', strong: false },
    { label: 'Monthly charge', value: '¥18.50', strong: false },
    { label: 'Arrears repaid', value: '¥240.00', strong: false },
    { label: 'VAT 13%', value: '¥99.58', strong: false },
    { label: 'To the account', value: '¥185.02', strong: false },
    { label: 'Energy', value: '1,124.35 kWh', strong: true },
  ],
  qr: 'WP1:2611240000004711:0101-000482:112435:138500:9F3A6C',
}
const receipts: Record<ReceiptState['kind'], ReceiptState> = {
  none: { kind: 'none' },
  printing: { kind: 'printing' },
  'on paper': { kind: 'on paper', again: true },
  'on screen': receiptOnScreen,
}
const bought: Outcome = {
  kind: 'bought',
  energy: kWh(58.4),
  paid: yuan(50),
  restGoesTo: 'account',
  rest: yuan(0),
  order,
}
const outcomes: Record<string, Outcome> = {
  bought,
  'bought, rest to the account': {
    ...bought,
    energy: kWh(12_124.35),
    paid: yuan(1_385),
    restGoesTo: 'account',
    rest: yuan(185.02),
  },
  deposited: { kind: 'deposited', amount: yuan(120), balance: yuan(156.5), pending: null },
  kept: { kind: 'kept', amount: yuan(1_385), reference },
  redeemed: { kind: 'redeemed', amount: yuan(120), balance: yuan(156.5) },
  'claim asked': { kind: 'claim asked' },
  'deposit pending': { kind: 'deposited', amount: yuan(120), balance: null, pending: reference },
  'held in order': { kind: 'held in order', amount: yuan(50), order },
  returned: { kind: 'returned to account', amount: yuan(50), balance: yuan(86.5) },
  settled: { kind: 'settled', energy: kWh(58.4), order },
  undone: { kind: 'undone', amount: yuan(1_385), balance: yuan(1_421.5) },
  'not charged': { kind: 'not charged', way: 'bank card', amount: yuan(1_385), energy: null },
  'not charged, energy on the card': {
    kind: 'not charged',
    way: 'bank card',
    amount: yuan(1_385),
    energy: kWh(12_124.35),
  },
  'payment unknown': {
    kind: 'payment unknown',
    way: 'bank account',
    amount: yuan(1_385),
    reference,
  },
  'nothing bought': { kind: 'nothing bought' },
  refused: { kind: 'refused' },
}
/** Kinds that the list above must hold at least once. */
const outcomeKinds: Record<Outcome['kind'], true> = {
  bought: true,
  deposited: true,
  kept: true,
  redeemed: true,
  'claim asked': true,
  'returned to account': true,
  settled: true,
  undone: true,
  'held in order': true,
  'not charged': true,
  'payment unknown': true,
  'nothing bought': true,
  refused: true,
}
for (const [name, after] of Object.entries(outcomes)) {
  const state = after.kind === 'bought' ? 'done' : 'flowing'
  const sold = after.kind !== 'nothing bought' && after.kind !== 'refused'
  const receipt = sold ? receipts['on paper'] : receipts.none
  add(
    `take card: ${name}`,
    { kind: 'take card', after, receipt, urgent: false, undo: null },
    'take',
    state,
  )
  add(`thank you: ${name}`, { kind: 'thank you', after, receipt }, 'take', state)
}
for (const receipt of Object.values(receipts)) {
  add(
    `take card, receipt ${receipt.kind}`,
    { kind: 'take card', after: bought, receipt, urgent: false, undo: null },
    'take',
    'done',
  )
  add(
    `thank you, receipt ${receipt.kind}`,
    { kind: 'thank you', after: bought, receipt },
    'take',
    'done',
  )
}
add(
  'take card, urgent',
  {
    kind: 'take card',
    after: bought,
    receipt: receipts['on paper'],
    urgent: true,
    undo: 'offered',
  },
  'take',
  'done',
)
add(
  'take card, night',
  { kind: 'take card', after: bought, receipt: receipts['on paper'], urgent: false, undo: null },
  'take',
  'done',
  { theme: 'night' },
)
add(
  'thank you, slots at the left',
  { kind: 'thank you', after: bought, receipt: receipts['on paper'] },
  'take',
  'done',
  {
    slots: { card: 'left-mid', notes: 'left-high', receipt: 'left-low', bankTerminal: 'right-low' },
  },
)

for (const undo of ['offered', 'failed'] as const) {
  add(
    `take card, undo ${undo}`,
    { kind: 'take card', after: bought, receipt: receipts['on paper'], urgent: false, undo },
    'take',
    'done',
  )
}
add('confirm undo', { kind: 'confirm undo', energy: kWh(12_124.35), amount: yuan(1_385) }, 'take')
for (const name of ['settled', 'undone'] as const) {
  const after = outcomes[name]
  if (after === undefined) continue
  add(`healed: ${name}`, { kind: 'healed', after, receipt: receipts['on paper'] }, 'card')
}
add(
  'thank you, not printed twice',
  { kind: 'thank you', after: bought, receipt: { ...receiptOnScreen, tries: 2 } },
  'take',
  'done',
)

// --- mishaps --------------------------------------------------------------------------------------------------------
const places: Record<MoneyPlace['kind'], MoneyPlace> = {
  'in the order': { kind: 'in the order', amount: yuan(50), order },
  'in the account': { kind: 'in the account', amount: yuan(12_385), balance: yuan(140_835.75) },
  'on its way to the account': { kind: 'on its way to the account', amount: yuan(1_385) },
  'card decides': { kind: 'card decides', amount: yuan(50), order },
  'paid for energy': { kind: 'paid for energy', amount: yuan(50), order },
  held: { kind: 'held', amount: yuan(100) },
  'not charged': { kind: 'not charged', amount: yuan(1_385) },
  'asking the bank': { kind: 'asking the bank', amount: yuan(12_385) },
  'not taken': { kind: 'not taken' },
}
const mishaps: Record<Mishap, MoneyPlace> = {
  'card pulled while writing': places['in the order'],
  'card not written': places['in the order'],
  'outcome unknown': places['in the order'],
  'centre did not answer': places['on its way to the account'],
  'order refused': places['in the account'],
  'note acceptor failed': { kind: 'in the account', amount: yuan(20), balance: null },
  'note unaccounted for': places.held,
  'undo unknown': places['card decides'],
  'payment unknown': places['asking the bank'],
  'payment kept': places['on its way to the account'],
}
for (const [mishap, money] of Object.entries(mishaps) as [Mishap, MoneyPlace][]) {
  add(
    `mishap: ${mishap}`,
    {
      kind: 'mishap',
      mishap,
      money,
      reference,
      cardIn: mishap !== 'card pulled while writing',
      receipt: mishap === 'outcome unknown' ? receiptOnScreen : receipts['on paper'],
    },
    'confirm',
    'broken',
  )
}
add(
  'mishap, no money taken',
  {
    kind: 'mishap',
    mishap: 'order refused',
    money: places['not taken'],
    reference,
    cardIn: true,
    receipt: receipts.none,
  },
  'confirm',
  'broken',
)
add(
  'mishap, night',
  {
    kind: 'mishap',
    mishap: 'card pulled while writing',
    money: places['in the order'],
    reference,
    cardIn: false,
    receipt: receipts.printing,
  },
  'confirm',
  'broken',
  { theme: 'night' },
)

// --- stopped in the middle of a purchase -------------------------------------------------------------------------------
const interrupted: Extract<Screen, { kind: 'interrupted' }> = {
  kind: 'interrupted',
  money: [places['in the order']],
  energy: 'card decides',
  reference,
  cardIn: false,
  slip: 'printing',
}
for (const [energy, place] of Object.entries({
  'on the card': places['paid for energy'],
  'not on the card': places['on its way to the account'],
  'card decides': places['in the order'],
} satisfies Record<EnergyAfterStop, MoneyPlace>) as [EnergyAfterStop, MoneyPlace][]) {
  add(`interrupted: ${energy}`, { ...interrupted, energy, money: [place] }, 'confirm', 'broken')
}
add(
  'interrupted, money in four places',
  {
    ...interrupted,
    cardIn: true,
    slip: 'comes later',
    money: [
      places['in the order'],
      { kind: 'in the account', amount: yuan(12_385), balance: null },
      places['on its way to the account'],
      { kind: 'held', amount: null },
    ],
  },
  'confirm',
  'broken',
)
add(
  'interrupted, amounts not known',
  {
    ...interrupted,
    slip: 'on paper',
    money: [
      { kind: 'in the order', amount: null, order },
      { kind: 'in the account', amount: null, balance: null },
    ],
  },
  'confirm',
  'broken',
  { theme: 'night' },
)

for (const money of [places['not charged'], places['asking the bank']]) {
  add(
    `interrupted, paid by card: ${money.kind}`,
    { ...interrupted, energy: 'not on the card', money: [money] },
    'confirm',
    'broken',
  )
}

// --- the warning over a screen --------------------------------------------------------------------------------------
add('warning', choose, 'amount', 'flowing', { warning: { secondsLeft: 20 } })
add('warning, money in', { ...some }, 'pay', 'flowing', { warning: { secondsLeft: 7 } })
add('warning, claim', { ...some, changeGoesTo: 'claim' }, 'pay', 'flowing', {
  warning: { secondsLeft: 1 },
  theme: 'night',
})

add(
  'warning, paid by card',
  {
    kind: 'confirm purchase',
    quote: plainQuote,
    tender: 'bank card',
    paid: yuan(50),
    restGoesTo: 'account',
    rest: yuan(0),
    account: chen,
  },
  'confirm',
  'flowing',
  { warning: { secondsLeft: 12 } },
)

// --- another currency, a long place -----------------------------------------------------------------------------------
add(
  'account, letters as currency',
  { kind: 'account', account: long, notices: [], canBuy: true },
  'card',
  'flowing',
  {
    currency: { code: 'EGP', symbol: 'EGP' },
    kiosk: {
      number: '000000000204',
      place: 'Prince Mohammed bin Abdulaziz Street 2451, Building 18, Service Hall, ground',
      phone: '+20 2 2795 1234',
    },
    timeZone: 'Africa/Cairo',
  },
)

export const gallery: readonly Picture[] = pictures

/** Every kind there is, so that a test can hold the gallery to it. */
export const everyKind = { refusals: refusalKinds, outcomes: outcomeKinds }
