// What the journal of the kiosk tells of a sale. An intent and its outcome are one fact; an intent alone is told as such.
import type { Fact, HowSure, Tender } from '../../../domain/console/explained-facts.ts'
import { masked } from '../../../domain/identifiers.ts'
import type { JournalEntry } from '../../../domain/journal-entry.ts'
import { never } from '../../../domain/never.ts'
import { aboutAtOnce, onceOnly, type Draft } from './drafts.ts'
import { evidenceInWords } from './masking.ts'
import type { JournalOfSale, LineRead } from './journal-of-sale.ts'
import { aroundFact } from './told-around.ts'

/** `opens` an intent under this name, or `ends` the one that is open under it. */
type Step = {
  fact: Fact
  sure: HowSure | null
  opens?: string
  ends?: string
  name?: string
  withinMs?: number
  rank?: number
}

type EntryOfSale = Extract<JournalEntry, { saleId: unknown }>
/** What earlier lines have said that later ones leave out. */
type Told = {
  amounts: Map<string, number>
  receipts: Map<string, { number: number; copy: number | null }>
  tender: Tender
}

export const toldByKiosk = ({ lines, around }: JournalOfSale): Draft[] => {
  const drafts: Draft[] = []
  const open = new Map<string, Draft>()
  const told: Told = { amounts: new Map(), receipts: new Map(), tender: 'cash' }
  for (const line of lines) {
    const step = stepOf(line, told)
    if (step === null) continue
    const draft = draftOf(line, step)
    const begun = step.ends === undefined ? undefined : open.get(step.ends)
    if (begun !== undefined && step.ends !== undefined) {
      open.delete(step.ends)
      draft.sources = [...begun.sources, ...draft.sources]
    }
    if (step.opens === undefined) drafts.push(draft)
    else {
      const before = open.get(step.opens)
      if (before !== undefined) draft.sources = [...before.sources, ...draft.sources]
      open.set(step.opens, draft)
    }
  }
  return [
    ...drafts,
    ...open.values(),
    ...around.flatMap((line) => {
      const fact = aroundFact(line)
      return fact === null ? [] : [draftOf(line, { fact, sure: null })]
    }),
  ]
}

const draftOf = (line: LineRead, step: Step): Draft => ({
  at: line.at,
  kiosk: line.kiosk,
  fact: step.fact,
  sure: step.sure,
  sources: [{ from: 'kiosk journal', which: String(line.sequence) }],
  name: step.name ?? null,
  withinMs: step.withinMs ?? onceOnly,
  rank: step.rank ?? 3,
})

const stepOf = (line: LineRead, told: Told): Step | null => {
  const { entry, type, text } = line
  if (entry === null || !('saleId' in entry)) {
    return { fact: { kind: 'unknown.entry', type, text }, sure: 'told' }
  }
  return (
    ofNote(entry) ??
    ofPayment(entry, told) ??
    ofOrder(entry, told) ??
    ofCard(entry) ??
    ofRest(entry, told)
  )
}

const ofNote = (entry: EntryOfSale): Step | null => {
  if (!('noteId' in entry)) return null
  const note = `note ${entry.noteId}`
  const once = { ends: note, name: note, sure: 'told' as const }
  switch (entry.type) {
    case 'note.escrowed':
      return { fact: { kind: 'note.offered', value: entry.value }, sure: 'told', opens: note }
    case 'note.stacking':
      return {
        fact: { kind: 'note.moving', value: entry.value, to: 'box' },
        sure: 'not known',
        opens: note,
        name: note,
        rank: 1,
      }
    case 'note.returning':
      return {
        fact: { kind: 'note.moving', value: entry.value, to: 'customer' },
        sure: 'not known',
        opens: note,
      }
    case 'note.stacked':
      return { ...once, fact: { kind: 'note.stacked', value: entry.value } }
    case 'note.returned':
      return { ...once, fact: { kind: 'note.returned', value: entry.value } }
    case 'note.unknown':
      return {
        fact: { kind: 'note.unknown', value: entry.value, why: entry.why },
        sure: 'not known',
        ends: note,
      }
    case 'note.unexpected':
      return { ...once, fact: { kind: 'note.unexpected', value: entry.value } }
    default:
      return never(entry)
  }
}

const ofPayment = (entry: EntryOfSale, { amounts }: Told): Step | null => {
  if (!('paymentId' in entry)) return null
  const { paymentId } = entry
  if (entry.type === 'payment.requesting') amounts.set(paymentId, entry.amount)
  const amount = amounts.get(paymentId) ?? 0
  const [asked, ending] = [`payment asked ${paymentId}`, `payment ending ${paymentId}`]
  const sure = 'told' as const
  switch (entry.type) {
    case 'payment.requesting':
      return {
        fact: { kind: 'payment.asked', way: entry.way, amount },
        sure: 'not known',
        opens: asked,
      }
    case 'payment.authorised': {
      const { kind } = entry.evidence
      const way = kind === 'bank' ? 'bank account' : 'bank card'
      const evidence = evidenceInWords(entry.evidence)
      const name = `authorised ${evidence}`
      return { fact: { kind: entry.type, way, amount, evidence }, sure, ends: asked, name }
    }
    case 'payment.declined':
      return { fact: { kind: entry.type, amount, why: entry.why }, sure, ends: asked, name: ending }
    case 'payment.keeping':
      return {
        fact: { kind: 'payment.ending', amount, to: 'keep' },
        sure: 'not known',
        opens: ending,
      }
    case 'payment.refusing':
      return {
        fact: { kind: 'payment.ending', amount, to: 'undo' },
        sure: 'not known',
        opens: ending,
      }
    case 'payment.kept':
    case 'payment.reversed':
      return { fact: { kind: entry.type, amount }, sure, ends: ending, name: ending }
    case 'payment.unknown':
    case 'payment.given-up':
      return { fact: { kind: entry.type, amount, why: entry.why }, sure: 'not known', ends: asked }
    default:
      return never(entry)
  }
}

type OrderEntry = Extract<EntryOfSale, { type: `order.${string}` }>
const isOfOrder = (entry: EntryOfSale): entry is OrderEntry => entry.type.startsWith('order.')

const ofOrder = (entry: EntryOfSale, told: Told): Step | null => {
  if (!isOfOrder(entry)) return null
  const asked = 'order asked'
  switch (entry.type) {
    case 'order.requesting':
      told.tender = entry.tender
      return {
        fact: { kind: 'order.asked', tender: entry.tender, amount: entry.amount },
        sure: 'not known',
        opens: asked,
      }
    case 'order.reserved': {
      const { orderNumber: order, amount, toAccount, energy } = entry
      return {
        fact: { kind: 'order.made', order, tender: told.tender, amount, toAccount, energy },
        sure: 'told',
        ends: asked,
        name: `made ${order}`,
      }
    }
    case 'order.refused':
      return { fact: { kind: 'order.refused', why: entry.why }, sure: 'told', ends: asked }
    case 'order.unknown':
      return { fact: { kind: 'order.unknown', why: entry.why }, sure: 'not known', ends: asked }
    case 'order.returning':
      return {
        fact: { kind: 'order.returning', order: entry.orderNumber },
        sure: 'not known',
        opens: `returning ${entry.orderNumber}`,
      }
    case 'order.returned':
      return {
        fact: { kind: 'order.returned', order: entry.orderNumber, to: 'account', amount: 0 },
        sure: 'told',
        ends: `returning ${entry.orderNumber}`,
        name: `returned ${entry.orderNumber}`,
        rank: 1,
      }
    case 'order.not-returned':
      return {
        fact: { kind: 'order.not-returned', order: entry.orderNumber, state: entry.state },
        sure: 'told',
        ends: `returning ${entry.orderNumber}`,
      }
    default:
      return never(entry)
  }
}

type CardEntry = Extract<EntryOfSale, { type: `card.${string}` }>
const isOfCard = (entry: EntryOfSale): entry is CardEntry => entry.type.startsWith('card.')

const ofCard = (entry: EntryOfSale): Step | null => {
  if (!isOfCard(entry)) return null
  const { orderNumber: order } = entry
  const [writing, undoing] = [`writing ${order}`, `undoing ${order}`]
  switch (entry.type) {
    case 'card.writing':
      return { fact: { kind: 'card.writing', order }, sure: 'not known', opens: writing }
    case 'card.written':
      return {
        fact: { kind: entry.type, order },
        sure: 'proven',
        ends: writing,
        name: `loaded ${order}`,
      }
    case 'card.not-written':
      return {
        fact: { kind: entry.type, order },
        sure: 'proven',
        ends: writing,
        name: `not loaded ${order}`,
        withinMs: aboutAtOnce,
      }
    case 'card.unknown':
      return {
        fact: { kind: entry.type, order, why: entry.why },
        sure: 'not known',
        ends: writing,
        name: `unknown ${order}`,
        withinMs: aboutAtOnce,
      }
    case 'card.undoing':
      return { fact: { kind: 'undo.asked', order }, sure: 'not known', opens: undoing }
    case 'card.undone':
      return {
        fact: { kind: 'undo.done', order },
        sure: 'proven',
        ends: undoing,
        name: `undone ${order}`,
      }
    case 'card.not-undone':
      return { fact: { kind: 'undo.not-done', order, why: entry.why }, sure: 'told', ends: undoing }
    case 'card.undo-unknown':
      return {
        fact: { kind: 'undo.unknown', order, why: entry.why },
        sure: 'not known',
        ends: undoing,
      }
    default:
      return never(entry)
  }
}

type RestEntry = Exclude<
  EntryOfSale,
  OrderEntry | CardEntry | { noteId: unknown } | { paymentId: unknown }
>
const isRest = (entry: EntryOfSale): entry is RestEntry =>
  !isOfOrder(entry) && !isOfCard(entry) && !('noteId' in entry) && !('paymentId' in entry)

const ofRest = (entry: EntryOfSale, told: Told): Step | null => {
  if (!isRest(entry)) return null
  switch (entry.type) {
    case 'session.opened':
      return {
        fact: { kind: 'card.inserted', card: masked(entry.serial) },
        sure: 'told',
        name: `insertion ${entry.insertionId}`,
      }
    case 'session.closed':
      return { fact: { kind: 'session.ended', end: entry.end, cash: entry.cash }, sure: 'told' }
    case 'sale.closing':
      return { fact: { kind: 'sale.closing' }, sure: 'not known', opens: 'closing' }
    case 'sale.settled': {
      const { toAccount, toSuspense } = entry
      return {
        fact: { kind: 'sale.settled', toAccount, toSuspense },
        sure: 'told',
        ends: 'closing',
        name: 'settled',
        withinMs: aboutAtOnce,
      }
    }
    case 'receipt.queued': {
      const receipt = { number: entry.number, copy: entry.copy ?? null }
      told.receipts.set(entry.jobId, receipt)
      return {
        fact: { kind: 'receipt.queued', ...receipt },
        sure: 'not known',
        opens: `receipt ${entry.jobId}`,
      }
    }
    case 'receipt.printed':
    case 'receipt.not-printed': {
      const receipt = told.receipts.get(entry.jobId) ?? { number: null, copy: null }
      const ends = `receipt ${entry.jobId}`
      return entry.type === 'receipt.printed'
        ? { fact: { kind: entry.type, ...receipt }, sure: 'told', ends }
        : { fact: { kind: entry.type, ...receipt, why: entry.why }, sure: 'told', ends }
    }
    case 'claim.made':
      return { fact: { kind: 'slip.made', amount: entry.amount }, sure: 'told' }
    case 'claim.redeeming':
      return {
        fact: { kind: 'claim.asked', reference: entry.reference },
        sure: 'not known',
        opens: `claim ${entry.requestId}`,
      }
    case 'claim.redeemed': {
      const { reference, amount } = entry
      return {
        fact: { kind: 'claim.redeemed-here', reference, amount },
        sure: 'told',
        ends: `claim ${entry.requestId}`,
      }
    }
    case 'claim.refused':
      return {
        fact: { kind: entry.type, reference: entry.reference, why: entry.why },
        sure: 'told',
        ends: `claim ${entry.requestId}`,
      }
    default:
      return never(entry)
  }
}
