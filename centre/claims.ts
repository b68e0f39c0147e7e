// A slip is redeemed at a kiosk: the number typed, a genuine card in the slot, and the money goes to its account, once.
import type { z } from 'zod'
import type { Answered, ClaimRequest } from '../domain/centre-messages.ts'
import { masked, type CardSerial, type CustomerNumber } from '../domain/identifiers.ts'
import { never } from '../domain/never.ts'
import { raise } from './alarms.ts'
import { hasAccount, shownBalance } from './books.ts'
import { settleClaims } from './claim-book.ts'
import { claimStanding, type ClaimStanding } from './claim-standing.ts'
import { next } from './counters.ts'
import { insertionInForce, type InsertionRow } from './insertions.ts'
import { answered, refused, type Outcome } from './outcome.ts'
import { momentOf, type Turn } from './turn.ts'

type Reply = Answered<'claim'>

const hourMs = 60 * 60_000
/** So many references that nobody knows, and no more are looked up: with one card in a day, at one kiosk in an hour. */
const unknownMost = 5
const cardWindowMs = 24 * hourMs
const kioskWindowMs = hourMs

export const redeemClaim = async (
  turn: Turn,
  asked: z.infer<typeof ClaimRequest>,
): Promise<Outcome<Reply>> => {
  const insertion = await insertionInForce(turn, asked.insertionId)
  const customer = insertion === null ? null : await customerAt(turn, insertion)
  if (insertion === null || customer === null) {
    return refused(409, 'insertionId: no card with an account is in')
  }
  if (await guessesTooMuch(turn, insertion.serial)) return answered({ kind: 'refused' })
  const standing = await claimStanding(turn.work, asked.reference)
  if (standing.kind === 'not known') await countGuess(turn, insertion.serial)
  return answered(await replyTo(turn, standing, customer))
}

const replyTo = async (
  turn: Turn,
  standing: ClaimStanding,
  customer: CustomerNumber,
): Promise<Reply> => {
  switch (standing.kind) {
    case 'open': {
      if (!(await hasAccount(turn.work, customer))) return { kind: 'ask the office' }
      const { saleId, claims } = standing
      const to = { kind: 'account', customer } as const
      const amount = await settleClaims(turn, { saleId, claims, to, persons: null })
      return { kind: 'redeemed', amount, balance: await shownBalance(turn.work, customer) }
    }
    case 'settled':
      return { kind: 'already redeemed', at: momentOf(standing.at) }
    case 'in account': {
      const card = await cardOf(turn, standing.customer)
      return { kind: 'already in account', amount: standing.amount, card }
    }
    case 'in a purchase':
      return { kind: 'in a purchase', card: await cardOf(turn, standing.customer) }
    case 'not reported':
      return { kind: 'not yet' }
    case 'not known':
      return { kind: 'not known' }
    case 'nothing booked':
    case 'more than one':
    case 'back with the payer':
      return { kind: 'ask the office' }
    default:
      return never(standing)
  }
}

const customerAt = async (
  { work }: Turn,
  { binding }: InsertionRow,
): Promise<CustomerNumber | null> =>
  binding === null
    ? null
    : (
        await work
          .selectFrom('bindings')
          .select('customer')
          .where('binding', '=', binding)
          .executeTakeFirstOrThrow()
      ).customer

/** The end of the number of a card of this customer: enough for its owner to know it. */
const cardOf = async ({ work }: Turn, customer: CustomerNumber): Promise<string | null> => {
  const card = await work
    .selectFrom('cards')
    .innerJoin('bindings', 'bindings.binding', 'cards.binding')
    .select('serial')
    .where('customer', '=', customer)
    .where('status', '=', 'in use')
    .executeTakeFirst()
  return card === undefined ? null : masked(card.serial)
}

const guessesTooMuch = async (turn: Turn, serial: CardSerial): Promise<boolean> =>
  (await guessesWith(turn, serial)) >= unknownMost || (await guessesHere(turn)) >= unknownMost

const guessesWith = async ({ work, now }: Turn, serial: CardSerial): Promise<number> => {
  const { count } = await work
    .selectFrom('claim_tries')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('serial', '=', serial)
    .where('at', '>', now - cardWindowMs)
    .executeTakeFirstOrThrow()
  return count
}

const guessesHere = async ({ work, now, kiosk }: Turn): Promise<number> => {
  const { count } = await work
    .selectFrom('claim_tries')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('kiosk', '=', kiosk)
    .where('at', '>', now - kioskWindowMs)
    .executeTakeFirstOrThrow()
  return count
}

/** Eleven digits that nobody knows are worth a word to those who watch once they have become many. */
const countGuess = async (turn: Turn, serial: CardSerial): Promise<void> => {
  const { work, now, kiosk } = turn
  const claim_try = await next(work, 'claim try')
  await work.insertInto('claim_tries').values({ claim_try, kiosk, serial, at: now }).execute()
  if (!(await guessesTooMuch(turn, serial))) return
  const evidence = {
    withCardInADay: await guessesWith(turn, serial),
    atKioskInAnHour: await guessesHere(turn),
  }
  await raise(work, { kind: 'claims guessed', at: now, kiosk, serial, evidence })
}
