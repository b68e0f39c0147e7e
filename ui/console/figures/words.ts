// The words of figures: what was sold, received and settled, and the pages they stand on.
import type {
  Channel,
  Grouping,
  MatchResult,
  Shown,
  TenderKind,
} from '../../../domain/console/figure-names.ts'

export type FigureWords = {
  overview: {
    title: string
    about: string
    soFar: string
    usual: (weekday: string, value: string) => string
    noUsual: string
    ordersToday: string
    energyToday: string
    monthSoFar: string
    lastMonth: (value: string) => string
    todayByHour: string
    todayLine: string
    usualLine: string
    byDay: string
    open: string
    pending: string
    pendingTold: string
    suspense: string
    suspenseTold: string
    settlement: string
    settlementTold: (oldest: string) => string
    boxes: string
    boxesTold: string
    unpaid: string
    unpaidTold: string
  }
  sales: {
    title: string
    about: string
    by: string
    byGrouping: Record<Grouping, string>
    chartByDay: string
    dayByDay: string
    weekTitle: string
    chartByHour: string
    chartBy: (grouping: string) => string
    week: string
    comparedWith: (before: string, year: string) => string
    others: (count: number) => string
    otherwise: string
    otherwiseTold: string
    late: (count: string, sum: string) => string
  }
  transactions: {
    title: string
    about: string
    shown: Record<Shown, string>
    show: string
    empty: string
    sums: string
    belongs: (day: string) => string
  }
  received: { title: string; about: string; balanced: string; notBalanced: string }
  boxes: {
    title: string
    about: string
    byBox: string
    byPerson: string
    waiting: (count: string) => string
    sealed: string
    notCounted: string
    agrees: string
    empty: string
  }
  settlement: {
    title: string
    about: string
    days: string
    items: string
    itemsTold: string
    none: string
    noFile: string
    arrived: string
    notMatched: string
    allMatched: string
    age: (days: string) => string
    left: (count: string) => string
    legs: Record<'money' | 'notes' | 'boxes', string>
    results: Record<MatchResult, string>
    resultTold: Record<MatchResult, string>
    day: (day: string) => string
    files: string
    noFiles: string
  }
  month: {
    title: string
    of: (month: string) => string
    cover: (town: string) => string
    closed: string
    open: string
    print: string
    earlier: string
    later: string
    made: (when: string) => string
    keyFigures: string
    split: string
    splitTold: string
    check: string
    checkAgrees: string
    checkDiffers: string
    checkSign: string
    account: string
    reported: string
    ledger: string
    best: string
  }
  kioskDay: {
    title: (place: string) => string
    totals: string
    x: string
    z: string
    xTold: string
    zTold: (when: string) => string
    first: string
    last: string
    tender: string
    other: string
    choose: string
  }
  range: {
    from: string
    to: string
    label: string
    presets: Record<'today' | 'yesterday' | 'week' | 'month' | 'lastMonth' | 'year', string>
  }
  standing: {
    behind: (days: string) => string
    through: (day: string) => string
    none: string
  }
  columns: {
    what: string
    sold: string
    orders: string
    energy: string
    freeEnergy: string
    vat: string
    arrears: string
    fixed: string
    fees: string
    levies: string
    supply: string
    toAccount: string
    before: string
    change: string
    yearBefore: string
    count: string
    amount: string
    time: string
    kind: string
    order: string
    kiosk: string
    tariff: string
    area: string
    channel: string
    tender: string
    cash: string
    bank: string
    fromAccount: string
    pending: string
    suspense: string
    unpaid: string
    difference: string
    box: string
    person: string
    boxes: string
    counted: string
    inJournal: string
    atKiosk: string
    atOffice: string
    countedBy: string
    day: string
    age: string
    why: string
    leg: string
    result: string
    bankFile: string
    frontFile: string
    reference: string
    hour: string
    total: string
  }
  tenders: Record<TenderKind, string>
  channels: Record<Channel, string>
  kinds: Record<string, string>
  accounts: Record<string, string>
  none: string
  noneSold: string
  more: (value: string) => string
  less: (value: string) => string
  same: string
  nothingBefore: string
}
