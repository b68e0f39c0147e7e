// The picture book of the product: every screen a customer can see with its props, and every press that comes back.
//
// The kiosk sends one `View` whole, on every connect and after every change (server-sent events at `/screen`); the page
// sends a `Press` (POST `/press`). The page keeps no state of the sale: two pages show the same, a reload costs nothing.
import type { Energy } from '../../domain/energy.ts'
import type { Language } from '../../domain/language.ts'
import type { Minor } from '../../domain/money.ts'
import type { ServiceChoice, ServiceScreen } from './service/service-page.ts'

export type View = {
  /** Grows with every view. A press names the view it was made on; one for another screen is refused. */
  number: number
  language: Language
  theme: 'day' | 'night' | 'contrast'
  /** Of its sounds, 0 to 10. */
  volume: number
  kiosk: { number: string; place: string; phone: string }
  /** Offered in this order. Absent: every language there is. */
  languages?: Language[]
  currency: Currency
  /** Where the real slots are, so that a cue can sit at the nearest edge of the screen. */
  slots: Slots
  /** The moment of the view, milliseconds since 1970; the page's clock goes on from here. */
  now: number
  /** IANA name: dates and times are shown in the kiosk's own zone, whatever the browser's is. */
  timeZone: string
  wire: Wire
  /** Set while the customer is about to lose the screen: seconds left, counted down by the page from `now`. */
  warning: { secondsLeft: number } | null
  screen: Screen
}

export type Currency = { code: string; symbol: string }

export type SlotPlace =
  | 'left-high'
  | 'left-mid'
  | 'left-low'
  | 'right-high'
  | 'right-mid'
  | 'right-low'
  | 'bottom'
export type Slots = Record<'card' | 'notes' | 'bankTerminal' | 'receipt', SlotPlace>

/** The five nodes of a sale, in order. */
export const wireNodes = ['card', 'amount', 'pay', 'confirm', 'take'] as const
export type WireNode = (typeof wireNodes)[number]
/** The current has reached `at`; it pulses while something is under way, and is broken where something failed. */
export type Wire = { at: WireNode | null; state: 'flowing' | 'pulsing' | 'broken' | 'done' }

/** `account`: the capital account at the authority; `bank account`: the one at the bank that the power card is linked to. */
export type Tender = 'cash' | 'bank card' | 'bank account' | 'account'
export type TenderOffer =
  | { tender: Tender; works: true }
  | { tender: Tender; works: false; why: TenderTrouble }
export type TenderTrouble =
  | 'not offered here'
  | 'device fault'
  | 'cash box full'
  | 'not enough in the account'
  | 'no account'
  /** Nobody knows yet whether an earlier payment at this kiosk was charged: that is asked first. */
  | 'checking an earlier payment'
  /** The terminal works and does not reach the bank. */
  | 'bank away'
  /** It was refused in this visit as often as may be tried. */
  | 'refused too often'

/** A payment that goes through a bank. */
export type PaymentWay = Extract<Tender, 'bank card' | 'bank account'>

/** What the customer is to do at the terminal, or what it is doing, as the terminal says it now. */
export type PaymentHint =
  | 'insert card'
  | 'enter pin'
  | 'wrong pin'
  | 'please wait'
  | 'asking the bank'
  | 'remove card'
  | 'reversing'
  | 'approved'
  | 'declined'
  | 'not possible'

/** Why a payment did not come about. It charged nothing, for certain. */
export type PaymentProblem = {
  way: PaymentWay
  why:
    | 'declined'
    | 'customer cancelled'
    | 'timed out'
    | 'card not readable'
    | 'card not accepted'
    | 'not enough money'
    /** More than the bank lets be charged at once or in a day. */
    | 'limit'
    | 'no connection'
    | 'terminal busy'
    | 'wrong pin'
    /** The power card is linked to no bank account. */
    | 'no bank account'
    /** The terminal undid it by itself, or something failed before anybody was asked. */
    | 'not possible'
}

/** Of money that is in and buys nothing: to the capital account; or, without one, on a slip that claims it. */
export type RestGoesTo = 'account' | 'claim'

export type Screen =
  | {
      kind: 'attract'
      tenders: TenderOffer[]
      receipts: 'on paper' | 'on screen'
      denominations: Minor[]
    }
  | { kind: 'out of service'; why: OutOfServiceReason; reference: Reference | null }
  | { kind: 'please wait'; for: WaitReason }
  /** Nothing can be sold now, and why; found before any money. Never a dead end: `depositOffered` or take the card. */
  | { kind: 'refused'; refusal: RefusalView; account: AccountCard | null; depositOffered: boolean }
  /** The account, as a sentence a person would say, before any table. */
  | { kind: 'account'; account: AccountCard; notices: NoticeView[]; canBuy: boolean }
  /** Enquiry in depth: last purchases, meter reading, tariff. */
  | { kind: 'enquiry'; account: AccountCard; purchases: PurchaseLine[] }
  /** `typed` is what the customer has keyed so far ('' = nothing). By money: whole currency units; by energy: whole kWh. */
  | {
      kind: 'choose amount'
      by: 'money' | 'energy'
      suggestions: number[]
      typed: string
      least: Minor
      most: Minor
      problem: AmountProblem | null
    }
  /** `problem`: a payment was tried before and did not come about; it is said here, and another may be chosen. */
  | {
      kind: 'choose tender'
      quote: QuoteView
      tenders: TenderOffer[]
      balance: Minor | null
      problem: PaymentProblem | null
    }
  /**
   * The customer pays at the terminal and looks there; with `bank account` it asks for the PIN of the power card's account.
   * `mayCancel`: false once it was pressed, and while nothing can be stopped any more.
   */
  | {
      kind: 'paying by card'
      way: PaymentWay
      amount: Minor
      hint: PaymentHint
      mayCancel: boolean
    }
  /** The energy grows with each note. `target` null: a deposit to the account, no energy. */
  | {
      kind: 'insert notes'
      target: Minor | null
      inserted: Minor
      notes: Minor[]
      energy: Energy | null
      denominations: Minor[]
      note: NoteState
      canFinish: boolean
      changeGoesTo: RestGoesTo
    }
  /** More was put in than chosen: more energy, or the rest to the account, or on a slip where there is none. */
  | {
      kind: 'more than chosen'
      chosen: Minor
      inserted: Minor
      energyForAll: Energy
      energyForChosen: Energy
      rest: Minor
      restGoesTo: RestGoesTo
    }
  | {
      kind: 'confirm purchase'
      quote: QuoteView
      tender: Tender
      paid: Minor
      /** What is in beyond the price. */
      rest: Minor
      restGoesTo: RestGoesTo
      account: AccountCard
    }
  | { kind: 'confirm deposit'; amount: Minor; account: AccountCard }
  /**
   * Cancel was pressed with money in: what happens to it, before it happens. `payer`: the bank's agreement of `inserted` is
   * undone, and nothing is charged.
   */
  | { kind: 'confirm cancel'; inserted: Minor; goesTo: 'account' | 'claim' | 'payer' }
  /** The number of a claim slip. `typed`: digits so far, 12 at most; `wrong`: all are there, and the check digit is not theirs. */
  | { kind: 'type claim'; typed: string; wrong: boolean }
  /** What became of it. `number` as it stands on the slip. */
  | { kind: 'claim told'; told: ClaimTold; number: string }
  /** Nothing to press. `step` of `steps` commands are done; 'proving' reads the proof of load. */
  | {
      kind: 'writing'
      energy: Energy
      step: number
      steps: number
      phase: 'preparing' | 'writing' | 'proving'
    }
  /** The card was pulled while being written: put it back within the time. */
  | { kind: 'put card back'; energy: Energy; reference: Reference; otherCard: boolean }
  /** An older purchase is open on this card and proven not to be on it. */
  | { kind: 'open order'; energy: Energy; paid: Minor; mayReturn: boolean; reference: Reference }
  /** The card has just shown what became of an older purchase, and its slip was printed. */
  | { kind: 'healed'; after: Outcome; receipt: ReceiptState }
  | {
      kind: 'take card'
      after: Outcome
      receipt: ReceiptState
      urgent: boolean
      /** `offered` while the purchase may be taken back; `failed` when it stands although that was wanted. */
      undo: 'offered' | 'failed' | null
    }
  /** The purchase is to be taken back: what that means, asked once. */
  | { kind: 'confirm undo'; energy: Energy; amount: Minor }
  | { kind: 'thank you'; after: Outcome; receipt: ReceiptState }
  /** What happened, where the money is, what to do, whom to call, the reference. */
  | {
      kind: 'mishap'
      mishap: Mishap
      money: MoneyPlace
      reference: Reference
      cardIn: boolean
      receipt: ReceiptState
    }
  /** The kiosk stopped in the middle of a purchase and has started again: the same, to whoever may still be there. */
  | {
      kind: 'interrupted'
      money: MoneyPlace[]
      energy: EnergyAfterStop
      reference: Reference
      /** The card of that purchase is still in the slot: it is looked at next. */
      cardIn: boolean
      /** A slip is being printed, is there, or comes as soon as the printer works. */
      slip: 'printing' | 'on paper' | 'comes later'
    }
  /** The maintenance mode: `service/service-page.ts` is its own picture book. */
  | ServiceScreen

/** `card decides`: nobody can say before the card is seen again, here or at any kiosk. */
export type EnergyAfterStop = 'on the card' | 'not on the card' | 'card decides'

export type OutOfServiceReason =
  | 'starting'
  | 'centre away'
  | 'card reader'
  | 'journal'
  | 'no tender works'
  | 'by the operator'
export type WaitReason =
  | 'reading card'
  | 'asking the centre'
  | 'price'
  | 'order'
  | 'note on its way'
  | 'taking back'
  | 'claim'
  /** The energy is on the card (or the card decides): the bank is told to charge. */
  | 'finishing payment'
  /** Nothing was delivered: the bank is told not to charge. */
  | 'undoing payment'
  | 'closing'
  | 'printing'

export type NoteState =
  | { kind: 'ready' }
  | { kind: 'reading' }
  | { kind: 'checking'; value: Minor }
  | { kind: 'taken'; value: Minor }
  | {
      kind: 'refused'
      why:
        | 'not recognised'
        | 'not accepted now'
        | 'two notes'
        | 'pulled back'
        | 'held too long'
        | 'cannot stack'
        | 'too much'
    }
  | { kind: 'given back'; value: Minor }
  | { kind: 'stopped'; why: TenderTrouble }

export type AmountProblem =
  | { kind: 'too little'; least: Minor }
  | { kind: 'too much'; most: Minor }
  | { kind: 'no energy' }
  | { kind: 'more than the meter may hold'; most: Energy }

/** Enough for its owner to know it, too little for anybody else. */
export type AccountCard = {
  shortName: string
  address: string
  meter: string
  card: string
  tariff: string
  partOfDay: 'morning' | 'afternoon' | 'evening'
  balance: Minor | null
  arrears: Minor
  reading: {
    remaining: Energy
    at: number
    usedThisMonth: Energy
    usedLastMonth: Energy
    daysLeft: number | null
  } | null
}

export type PurchaseLine = {
  at: number
  tender: Minor
  energy: Energy
  state: 'on card' | 'in meter' | 'open' | 'returned'
}

export type NoticeView =
  | { kind: 'arrears'; balance: Minor; /** whole per cent of each payment */ sharePercent: number }
  | { kind: 'low energy'; remaining: Energy }
  | { kind: 'headroom'; mostEnergy: Energy }
  | { kind: 'used in other meter'; meter: string }

export type RefusalView =
  | {
      kind:
        | 'foreign card'
        | 'card not readable'
        | 'not genuine'
        | 'service card'
        | 'preset card'
        | 'card replaced'
        | 'other area'
        | 'not yet in meter'
        | 'under inquiry'
        | 'payment being checked'
        | 'centre away'
    }
  | {
      kind: 'visit the office'
      why:
        | 'not issued'
        | 'key blocked'
        | 'key version'
        | 'data differ'
        | 'customer blocked'
        | 'card blocked'
        | 'profile'
    }
  | { kind: 'unread purchase'; energy: Energy; at: number | null }
  | { kind: 'refused by meter'; code: number; otherMeter: string | null }
  | { kind: 'meter full'; remaining: Energy; limit: Energy }

/** A quote as the customer adds it up: pay − fee − fixed − arrears = energy with VAT + residue. */
export type QuoteView = {
  pay: Minor
  fee: Minor
  fixed: Minor
  arrears: { paid: Minor; after: Minor }
  blocks: {
    energy: Energy
    /** 1/10000 of the currency unit per kWh */ price: number
    cost: Minor
  }[]
  vat: { /** 1/10000 */ rate: number; amount: Minor }
  otherLevies: Minor
  energyCost: Minor
  freeEnergy: Energy
  /** All energy that goes on the card. */
  get: Energy
  residue: Minor
}

export type ReceiptState =
  | { kind: 'none' }
  | { kind: 'printing' }
  /** `again`: one more may be asked for, as a duplicate. */
  | { kind: 'on paper'; again?: boolean }
  /** It could not be printed: it is shown here, with its reference and, where there is one, its QR text. */
  | { kind: 'on screen'; why: string; tries: number; lines: ReceiptText[]; qr: string | null }
export type ReceiptText = { label: string; value: string; strong: boolean }

export type Outcome =
  | {
      kind: 'bought'
      energy: Energy
      paid: Minor
      rest: Minor
      restGoesTo: RestGoesTo
      order: string
    }
  /** `pending` names what to ask by until it is in the account; null once it is. */
  | { kind: 'deposited'; amount: Minor; balance: Minor | null; pending: Reference | null }
  /** No account is known for it: a claim, with a slip. */
  | { kind: 'kept'; amount: Minor; reference: Reference }
  /** A claim slip was redeemed to the account. */
  | { kind: 'redeemed'; amount: Minor; balance: Minor | null }
  /** A claim slip was sent to the centre, which has not answered yet. */
  | { kind: 'claim asked' }
  | { kind: 'returned to account'; amount: Minor; balance: Minor | null }
  | { kind: 'settled'; energy: Energy; order: string }
  /** The load was taken back: the whole order is in the account. */
  | { kind: 'undone'; amount: Minor; balance: Minor | null }
  /** Paid for and not on the card: the order stands. */
  | { kind: 'held in order'; amount: Minor; order: string }
  /**
   * A payment was agreed to by the bank and undone: nothing is charged. `energy` is null as nothing was delivered; otherwise it
   * is on the card all the same, and nothing is owed for it.
   */
  | { kind: 'not charged'; way: PaymentWay; amount: Minor; energy: Energy | null }
  /** Nothing was delivered, and nobody knows yet whether the payment was charged: the bank is still being asked. */
  | { kind: 'payment unknown'; way: PaymentWay; amount: Minor; reference: Reference }
  | { kind: 'nothing bought' }
  | { kind: 'refused' }

export type ClaimTold =
  | { kind: 'redeemed'; amount: Minor; balance: Minor | null }
  /** `card`: the end of its number. */
  | { kind: 'already in account'; amount: Minor; card: string | null }
  | { kind: 'in a purchase'; card: string | null }
  | { kind: 'already redeemed'; at: number }
  | {
      kind:
        | 'not yet'
        | 'not known'
        | 'ask the office'
        | 'refused'
        /** Sent, and perhaps done: the kiosk goes on asking. */
        | 'no answer'
        /** Certainly not sent. */
        | 'centre away'
    }

/** The sale's number and four words that are easy to read out on the telephone. */
export type Reference = { number: string; words: [string, string, string, string] }

export type Mishap =
  | 'card pulled while writing'
  | 'card not written'
  | 'outcome unknown'
  | 'centre did not answer'
  | 'order refused'
  | 'note acceptor failed'
  | 'note unaccounted for'
  | 'undo unknown'
  /** Nobody knows yet whether a payment was charged; nothing was delivered for it. */
  | 'payment unknown'
  /** Charged although nothing was delivered, and it cannot be undone: the money is kept for the customer. */
  | 'payment kept'
/** `amount` is null where the kiosk does not know how much: a note without a name, an order made elsewhere. */
export type MoneyPlace =
  /** The order stands; this card at any kiosk finishes or returns it. */
  | { kind: 'in the order'; amount: Minor | null; order: string }
  /** On the card or back in the account: the card says which when it is seen again. */
  | { kind: 'card decides'; amount: Minor | null; order: string }
  /** The order is done: its energy is on the card. */
  | { kind: 'paid for energy'; amount: Minor | null; order: string }
  | { kind: 'in the account'; amount: Minor | null; balance: Minor | null }
  /** On its way to the account: the kiosk keeps sending until the centre has answered. */
  | { kind: 'on its way to the account'; amount: Minor }
  | { kind: 'held'; amount: Minor | null }
  /** A bank card or bank account: the bank agreed, and it was undone. Nothing is charged. */
  | { kind: 'not charged'; amount: Minor }
  /** A bank card or bank account: charged or not, the bank is still being asked. */
  | { kind: 'asking the bank'; amount: Minor }
  | { kind: 'not taken' }

/** Everything a customer can do. Digits and keys come from the touch screen and from a keypad alike. */
export type Press =
  | { type: 'language'; language: Language }
  | { type: 'theme'; theme: View['theme'] }
  | { type: 'buy' | 'enquire' | 'redeem' | 'back' | 'cancel' | 'keep going' | 'more time' }
  | { type: 'amount by'; by: 'money' | 'energy' }
  | { type: 'suggestion'; value: number }
  | { type: 'digit'; digit: number }
  /** At a service card that was refused: the person goes on to the maintenance mode. */
  | { type: 'service' }
  | { type: 'choose'; choice: ServiceChoice }
  | { type: 'erase' }
  | { type: 'continue' }
  | { type: 'tender'; tender: Tender }
  | { type: 'finish paying' }
  | { type: 'rest'; to: 'energy' | 'account' }
  | { type: 'confirm' }
  | { type: 'deposit' }
  | { type: 'finish order' | 'return order' }
  | { type: 'print again' | 'take back' }
  | { type: 'done' }

/** What the page POSTs: the press and the number of the view it was made on. */
export type Pressed = { view: number; press: Press }
