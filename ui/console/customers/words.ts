// The words of customers, their accounts, meters and cards.
import type { CardVerdict, MeterChangePreview } from '../../../domain/console/customer-cards.ts'
import type { ChangeKind, CustomerFilter } from '../../../domain/console/customers.ts'
import type { OrderState } from '../../../domain/order.ts'

export type CustomersWords = {
  title: string
  about: string
  find: string
  findHint: string
  only: string
  filters: Record<CustomerFilter, string>
  nobody: string
  columns: {
    name: string
    number: string
    address: string
    meters: string
    balance: string
    arrears: string
    state: string
  }
  states: { blocked: string; frozen: string; inquiry: string; well: string; noAccount: string }
  next: string
  first: string
  file: { customers: string; bindings: string; statement: string; making: (rows: string) => string }
  tabs: { overview: string; statement: string; purchases: string; history: string }
  account: {
    title: string
    balance: string
    spendable: string
    overdraft: string
    none: string
    freeze: string
    unfreeze: string
    block: string
    unblock: string
    adjust: string
    changeOverdraft: string
    waiting: string
    lead: string
  }
  bought: { title: string; count: string; tender: string; energy: string; last: string }
  arrears: {
    title: string
    owed: string
    promised: string
    repaid: string
    plan: string
    ofTariff: string
    own: (since: string) => string
    share: (share: string) => string
    cap: (cap: string) => string
    noCap: string
    least: (share: string) => string
    change: string
    none: string
    left: (purchases: string) => string
  }
  meters: {
    title: string
    meter: string
    area: string
    tariff: string
    toCome: (tariff: string, day: string) => string
    reading: string
    never: string
    usedThis: string
    usedLast: string
    unread: string
    makeUp: string
    sold: string
    limit: string
    inquiry: string
    ended: (day: string) => string
    changeTariff: string
    changeMeter: string
    simulate: string
  }
  cards: {
    title: string
    card: string
    issue: (number: string) => string
    verdict: string
    verdicts: Record<CardVerdict, string>
    told: Record<CardVerdict, string>
    carries: string
    carriesNothing: string
    purchase: (count: string) => string
    acts: string
    lastSeen: string
    neverSeen: string
    block: string
    unblock: string
    replace: string
    toWrite: string
    desk: string
    deskSteps: readonly string[]
    ef01: string
    ordered: (by: string, approvedBy: string) => string
  }
  statement: {
    title: string
    account: string
    arrears: string
    from: string
    through: string
    opening: string
    closing: string
    day: string
    what: string
    leads: string
    amount: string
    balance: string
    print: string
    none: string
    /** By kind of posting; with `, in`, `, out` or `, debt` where that makes it another thing. */
    kinds: Record<string, string>
    order: (number: string) => string
    sale: string
    signAccount: string
    signArrears: string
  }
  purchases: {
    title: string
    none: string
    at: string
    order: string
    meter: string
    place: string
    tender: string
    energy: string
    arrears: string
    state: string
    states: Record<OrderState, string>
  }
  history: {
    title: string
    none: string
    kinds: Record<ChangeKind, string>
    by: (who: string) => string
    approved: (who: string) => string
    fields: Record<string, string>
    yes: string
    no: string
    asTariff: string
  }
  reason: string
  reasonHint: string
  proposedTold: string
  dialogs: {
    planTitle: string
    planSubmit: string
    asTariff: string
    ownPlan: string
    share: string
    shareHint: string
    cap: string
    capHint: string
    least: string
    leastHint: string
    writeOff: string
    writeOffHint: string
    overdraftTitle: string
    overdraftLabel: string
    overdraftHint: string
    freezeTitle: string
    freezeTold: string
    unfreezeTitle: string
    unfreezeTold: string
    blockTitle: string
    blockTold: string
    unblockTitle: string
    unblockTold: string
    adjustTitle: string
    adjustAmount: string
    adjustHint: string
    document: string
    documentHint: string
    save: string
    propose: string
    cardBlockTitle: string
    cardBlockTold: string
    cardUnblockTitle: string
    cardUnblockTold: string
    replaceTitle: string
    replaceTold: string
    newSerial: string
    newSerialHint: string
    tariffTitle: string
    tariffLabel: string
    tariffFrom: string
    tariffTold: string
    meterTitle: string
    newMeter: string
    newMeterHint: string
    remaining: string
    remainingHint: string
    count: string
    countHint: string
    countNeeded: string
    keepCard: string
    newCard: string
    card: string
    sum: string
    left: string
    from: Record<MeterChangePreview['from'], string>
    unread: string
    makeUp: string
    notMoney: string
    notEnergy: string
    notShare: string
    notSerial: string
  }
  import: {
    title: string
    about: string
    choose: string
    chooseHint: string
    checked: string
    fits: string
    new: (count: string) => string
    lists: Record<string, string>
    balances: string
    arrears: string
    problems: (count: string) => string
    line: string
    where: string
    problem: string
    more: (count: string) => string
    propose: string
    proposed: string
    tooLarge: string
    looking: string
  }
}
