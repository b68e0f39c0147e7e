// What a look at a card means: recovery of what was left open, then whether something can be sold, before any money.
//
// The checks of power-card.md 13.1 in their order, and the rule of 9.2 that a purchase the meter may not have seen is
// never written over. Each answer is a kind that a screen puts into plain words.
import type { z } from 'zod'
import type { Answered, InsertionRequest, Verdict } from '../domain/centre-messages.ts'
import type { Refusal } from '../domain/diagnosis.ts'
import { fciOf } from '../domain/power-card/apdu.ts'
import { fromHex } from '../domain/power-card/bytes.ts'
import { cardKind, cardType, kindAgrees, unitFlag } from '../domain/power-card/parameters.ts'
import { readPurchase } from '../domain/power-card/purchase.ts'
import { accountViewOf } from './account-view.ts'
import { raise, type AlarmKind } from './alarms.ts'
import { authenticate, refusedWith, type AuthenticCard } from './authenticating.ts'
import { cardJournal, refusalIn } from './card-journal.ts'
import { next } from './counters.ts'
import type { BindingRow } from './dues.ts'
import type { InsertionRow } from './insertions.ts'
import { meterNews } from './meter-news.ts'
import { summaryOf } from './order-states.ts'
import { receiptOf } from './receipts.ts'
import { settleBy } from './settling-by-card.ts'
import type { CardRow } from './settling.ts'
import type { Turn } from './turn.ts'
import { verdictAndNotices } from './verdicts.ts'

export type Diagnosis = {
  reply: Answered<'insertion'>
  /** What the insertion is known by from here on. */
  binding: string | null
  look: number | null
}

export const diagnose = async (
  turn: Turn,
  row: InsertionRow,
  asked: z.infer<typeof InsertionRequest>,
): Promise<Diagnosis> => {
  const authenticated = await authenticate(turn, row, asked)
  if (authenticated.kind === 'decided') return withoutAccount(row, authenticated.verdict)
  const read = authenticated.card
  const known = await cardInBooks(turn, row, read)
  if (known.kind === 'refused') return withoutAccount(row, refusedWith(known.refusal))
  const { binding, card } = known
  const look = await keepLook(turn, row, read)
  const news = await meterNews(turn, { binding, card, read, look })
  const present = news.writeBack === null ? card : { ...card, in_meter: 1 }
  const settled = await settleBy(turn, { card: present, label: 'RB', ...read }, 'look')
  const records = await cardJournal(turn, {
    binding,
    serial: card.serial,
    journal: read.journal,
  })
  const customer = await turn.work
    .selectFrom('customers')
    .selectAll()
    .where('customer', '=', binding.customer)
    .executeTakeFirstOrThrow()
  const { verdict, notices } = await verdictAndNotices(turn, {
    binding: await bindingOf(turn, card.binding),
    customer,
    serial: card.serial,
    saleId: asked.saleId,
    type: read.parameters.type,
    ef02: read.ef02,
    settled,
    meterRefusal: refusalIn(records),
    writeBack: news.writeBack,
  })
  const decided = settled.decided ?? news.credited[0] ?? null
  return {
    reply: {
      verdict,
      account: await accountViewOf(turn, { binding, customer, serial: card.serial }),
      notices,
      settled: decided === null ? null : summaryOf(decided),
      receiptProof: decided === null ? null : await receiptOf(turn, decided),
    },
    binding: card.binding,
    look,
  }
}

const withoutAccount = (row: InsertionRow, verdict: Verdict): Diagnosis => ({
  reply: { verdict, account: null, notices: [], settled: null, receiptProof: null },
  // What an earlier look of this insertion has proven stays proven: notes are booked by it.
  binding: row.binding,
  look: row.look,
})

type Known =
  | { kind: 'known'; card: CardRow; binding: BindingRow }
  | { kind: 'refused'; refusal: Refusal }

/** Checks 4 and 5 of 13.1; a genuine card that is not a customer's is told apart first. */
const cardInBooks = async (
  turn: Turn,
  { serial }: InsertionRow,
  read: AuthenticCard,
): Promise<Known> => {
  const { parameters } = read
  const refuse = async (refusal: Refusal, alarm?: AlarmKind): Promise<Known> => {
    if (alarm !== undefined) {
      const evidence = { ef01: read.ef01, ef02: read.ef02 }
      await raise(turn.work, { kind: alarm, at: turn.now, kiosk: turn.kiosk, serial, evidence })
    }
    return { kind: 'refused', refusal }
  }
  const dataDiffer = { kind: 'visit the office', why: 'data differ' } as const
  if (!kindAgrees(parameters)) return refuse(dataDiffer, 'card data differ')
  if (parameters.kind === cardKind.service) {
    // The time of its order is the end of its validity (power-card.md 11): after it, it opens nothing at a kiosk either.
    const validUntil = readPurchase(fromHex(read.ef02)).time * 1_000
    return refuse(
      validUntil < turn.now
        ? { kind: 'visit the office', why: 'key version' }
        : { kind: 'service card' },
    )
  }
  if (parameters.type === cardType.preset) return refuse({ kind: 'preset card' })
  const card = await turn.work
    .selectFrom('cards')
    .selectAll()
    .where('serial', '=', serial)
    .executeTakeFirst()
  if (card === undefined) return refuse(dataDiffer, 'card data differ')
  if (card.status === 'replaced') return refuse({ kind: 'card replaced' }, 'replaced card used')
  if (await isBlocked(turn, card)) {
    return refuse({ kind: 'visit the office', why: 'card blocked' }, 'replaced card used')
  }
  const binding = await bindingOf(turn, card.binding)
  const isAsInBooks =
    parameters.meter === binding.meter &&
    parameters.customer === binding.customer &&
    parameters.area === binding.area &&
    parameters.issueNumber === card.issue_number &&
    parameters.currency === binding.currency &&
    (parameters.unitFlags & unitFlag.energyMode) === (binding.unit_flags & unitFlag.energyMode)
  if (!isAsInBooks) return refuse(dataDiffer, 'card data differ')
  return { kind: 'known', binding, card: await withKeyVersion(turn, card, read) }
}

/** Lost or stolen: blocked by the office before anybody has a new one (13.1 check 4). */
const isBlocked = async ({ work }: Turn, { serial }: CardRow): Promise<boolean> =>
  (await work
    .selectFrom('blocked_cards')
    .select('serial')
    .where('serial', '=', serial)
    .executeTakeFirst()) !== undefined

/** A card that was re-keyed in the office has proven itself under its new version (12.4). */
const withKeyVersion = async (turn: Turn, card: CardRow, read: AuthenticCard): Promise<CardRow> => {
  const key_version = fciOf(fromHex(read.fci))?.keyVersion ?? card.key_version
  if (key_version === card.key_version) return card
  await turn.work
    .updateTable('cards')
    .set({ key_version })
    .where('serial', '=', card.serial)
    .execute()
  return { ...card, key_version }
}

const bindingOf = ({ work }: Turn, binding: string): Promise<BindingRow> =>
  work.selectFrom('bindings').selectAll().where('binding', '=', binding).executeTakeFirstOrThrow()

/** Stored before anything follows from it: the next script clears EF05 (8.1). */
const keepLook = async (turn: Turn, row: InsertionRow, read: AuthenticCard): Promise<number> => {
  const look = await next(turn.work, 'look')
  const { fci, ef01, ef02, ef05, journal } = read
  await turn.work
    .insertInto('looks')
    .values({
      look,
      insertion: row.insertion,
      at: turn.now,
      fci,
      ef01,
      ef02,
      ef05,
      journal: JSON.stringify(journal),
    })
    .execute()
  return look
}
