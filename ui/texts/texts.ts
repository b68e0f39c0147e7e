// Every word of the customer's screen, by name: a language that misses one does not compile.
import type { Energy } from '../../domain/energy.ts'
import type { Minor } from '../../domain/money.ts'
import type {
  AccountCard,
  AmountProblem,
  ClaimTold,
  EnergyAfterStop,
  Mishap,
  MoneyPlace,
  NoteState,
  NoticeView,
  OutOfServiceReason,
  PaymentHint,
  PaymentProblem,
  PurchaseLine,
  RefusalView,
  RestGoesTo,
  Screen,
  Tender,
  TenderTrouble,
  WaitReason,
  WireNode,
} from '../kiosk/screen.ts'

export type Told = { title: string; todo: string }
type MoneyGoesTo = Extract<Screen, { kind: 'confirm cancel' }>['goesTo']

export type Texts = {
  wire: Record<WireNode, string>
  progress: string
  contrast: string
  help: string
  /** Buttons that stand on many screens. */
  cancel: string
  back: string
  done: string

  warning: {
    title: string
    /** What happens when nobody answers; `money` is what has been put in. */
    otherwise: (money: Minor | null, goesTo: MoneyGoesTo) => string
    seconds: (left: number) => string
    moreTime: string
  }

  attract: {
    payWith: string
    notes: string
    receipts: Record<'on paper' | 'on screen', string>
  }
  tenders: Record<Tender, string>
  tenderHint: Record<Tender, string>
  tenderTrouble: Record<TenderTrouble, string>

  outOfService: Record<OutOfServiceReason, Told>
  wait: Record<WaitReason, Told>

  refused: (refusal: RefusalView) => Told
  refusedDeposit: { offer: string; button: string }
  takeCardBack: string
  /** At a service card: on to the maintenance mode; and its own way on. */
  service: Record<'open' | 'confirm', string>

  account: {
    greeting: (partOfDay: AccountCard['partOfDay'], name: string) => string
    reading: (at: number) => string
    noReading: string
    daysLeft: (days: number) => string
    daysUnknown: string
    meter: string
    card: string
    address: string
    tariff: string
    balance: string
    arrears: string
    thisMonth: string
    lastMonth: string
    notice: (notice: NoticeView) => string
    cannotBuy: string
    buy: string
    enquire: string
    redeem: string
  }
  claim: {
    title: string
    where: string
    wrong: string
    next: string
    again: string
    told: (told: ClaimTold) => Told
  }
  enquiry: {
    title: string
    none: string
    paid: string
    energy: string
    day: string
    state: Record<PurchaseLine['state'], string>
  }

  amount: {
    question: Record<'money' | 'energy', string>
    by: Record<'money' | 'energy', string>
    chooseOrType: string
    limits: (least: Minor, most: Minor) => string
    problem: (problem: AmountProblem) => string
    next: string
    erase: string
    digits: string
  }
  payment: {
    hint: Record<PaymentHint, Told>
    problem: Record<PaymentProblem['why'], string>
    /** Follows each of them, with the space the language puts between sentences. */
    nothingCharged: string
  }
  tender: { question: string; balance: string }

  pay: string
  get: string

  notes: {
    title: string
    depositTitle: string
    inserted: string
    stillToPay: (amount: Minor) => string
    enough: string
    soFar: string
    takes: string
    change: Record<'account' | 'claim', string>
    depositNote: string
    state: (note: NoteState) => string
    finish: string
    finishDeposit: (amount: Minor) => string
    sum: (count: number) => string
  }
  more: {
    question: string
    told: (inserted: Minor, chosen: Minor) => string
    energy: (energy: Energy) => string
    energyHint: string
    rest: (rest: Minor, goesTo: RestGoesTo) => string
    restHint: (energy: Energy) => string
  }
  confirm: {
    question: string
    pay: Record<Tender, string>
    lines: {
      fee: string
      fixed: string
      arrears: string
      arrearsLeft: (after: Minor) => string
      block: (energy: Energy, price: number) => string
      free: string
      vat: (rate: number) => string
      levies: string
      charges: string
      forEnergy: string
      sum: string
      rest: Record<RestGoesTo, string>
    }
    write: (energy: Energy) => string
  }
  confirmDeposit: {
    question: string
    told: (name: string) => string
    confirm: (amount: Minor) => string
    more: string
  }
  confirmCancel: {
    question: string
    told: (inserted: Minor, goesTo: MoneyGoesTo) => string
    keepGoing: string
    cancel: Record<MoneyGoesTo, string>
  }
  writing: {
    title: string
    told: string
    phase: Record<Extract<Screen, { kind: 'writing' }>['phase'], string>
  }
  putBack: {
    title: string
    told: (energy: Energy) => string
    safe: string
    /** Another card than the one that is waited for is in. */
    another: string
    later: string
  }
  openOrder: {
    title: string
    paid: string
    told: (energy: Energy, paid: Minor) => string
    finish: (energy: Energy) => string
    giveBack: string
    noReturn: string
  }
  take: {
    title: string
    urgent: string
    receipt: Record<'printing' | 'on paper' | 'on screen', string>
  }
  undo: {
    button: string
    question: string
    told: (energy: Energy, amount: Minor) => string
    keep: string
    confirm: string
    failed: string
  }
  healed: Record<'settled' | 'undone', string> & { next: string }
  outcome: {
    bought: string
    boughtMeter: string
    rest: (amount: Minor, goesTo: RestGoesTo) => string
    deposited: string
    pending: string
    kept: string
    keptTold: string
    claimAsked: string
    returned: string
    heldInOrder: string
    heldInOrderTold: string
    balance: (amount: Minor) => string
    settled: string
    settledTold: string
    undoneTold: string
    notCharged: string
    notChargedTold: string
    /** The energy is on the card, and the payment for it was undone. */
    nothingOwed: (amount: Minor) => string
    askingBank: string
    askingBankTold: string
    nothing: string
    nothingTold: string
    refused: string
    refusedTold: string
    order: string
  }
  thanks: { title: string; goodbye: string }
  receipt: {
    title: string
    told: string
    /** It was tried again, and did not come again. */
    toldAgain: string
    qr: string
    qrTold: string
    again: string
    copy: string
  }
  mishap: {
    title: Record<Mishap, string>
    happened: Record<Mishap, string>
    money: (money: MoneyPlace) => string
    moneyTitle: string
    todo: Record<Mishap, string>
    todoTitle: string
    callTitle: string
    call: (phone: string) => string
    understood: string
  }
  interrupted: {
    title: string
    happened: string
    energyTitle: string
    energy: Record<EnergyAfterStop, string>
    todo: Record<EnergyAfterStop, string>
    /** In place of what to do while the card of that purchase is still in. */
    cardNext: string
    slipLater: string
  }
  reference: { title: string }
}
