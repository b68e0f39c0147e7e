// One insertion of one card at one kiosk: begun by its first look, over when the card or the kiosk is seen with another.
import type { z } from 'zod'
import type { Answered, InsertionRequest } from '../domain/centre-messages.ts'
import type { CardSerial, InsertionId, KioskNumber } from '../domain/identifiers.ts'
import { raise } from './alarms.ts'
import { next } from './counters.ts'
import { diagnose } from './diagnosis.ts'
import { answered, refused, type Outcome } from './outcome.ts'
import type { Tables } from './tables.ts'
import type { Turn } from './turn.ts'

export type InsertionRow = Tables['insertions']

/** Nobody stands at a kiosk longer than this; what comes later is of a card that is long gone. */
export const insertionLifeMs = 45 * 60_000

export const insertion = async (
  turn: Turn,
  asked: z.infer<typeof InsertionRequest>,
): Promise<Outcome<Answered<'insertion'>>> => {
  const known = await insertionOf(turn, asked.insertionId)
  if (known !== undefined && (known.kiosk !== turn.kiosk || known.serial !== asked.serial)) {
    return refused(409, 'insertionId: was used for another card or kiosk')
  }
  if (known !== undefined && isOver(turn, known)) {
    return refused(409, 'insertionId: that insertion is over')
  }
  const row = known ?? (await begin(turn, asked))
  const { reply, binding, look } = await diagnose(turn, row, asked)
  await turn.work
    .updateTable('insertions')
    .set({ verdict: reply.verdict.kind, binding, look })
    .where('insertion', '=', row.insertion)
    .execute()
  return answered(reply)
}

/** The insertion if it is this kiosk's and not over; sees, too, whether its card is in two places at once (13.2). */
export const insertionInForce = async (
  turn: Turn,
  insertionId: InsertionId,
): Promise<InsertionRow | null> => {
  const row = await insertionOf(turn, insertionId)
  if (row === undefined || row.kiosk !== turn.kiosk) return null
  if (!isOver(turn, row)) return row
  await alarmIfElsewhere(turn, row)
  return null
}

export const insertionOf = (
  { work }: Pick<Turn, 'work'>,
  insertionId: InsertionId,
): Promise<InsertionRow | undefined> =>
  work.selectFrom('insertions').selectAll().where('insertion', '=', insertionId).executeTakeFirst()

/** Only a kiosk where the order was made, or where its card has been, has anything to ask about it. */
export const concerns = async (
  { work, kiosk }: Turn,
  order: { kiosk: KioskNumber; serial: CardSerial },
): Promise<boolean> => {
  if (order.kiosk === kiosk) return true
  const been = await work
    .selectFrom('insertions')
    .select('insertion')
    .where('serial', '=', order.serial)
    .where('kiosk', '=', kiosk)
    .executeTakeFirst()
  return been !== undefined
}

export const notTheirs = refused(403, 'orderNumber: is of another kiosk')

const isOver = ({ now }: Turn, row: InsertionRow): boolean =>
  row.ended_at !== null || now - row.begun_at > insertionLifeMs

/** A kiosk has one slot and a card is in one place: whatever was in either is out now. */
const begin = async (
  { work, now, kiosk }: Turn,
  { insertionId, serial }: z.infer<typeof InsertionRequest>,
): Promise<InsertionRow> => {
  await work
    .updateTable('insertions')
    .set({ ended_at: now })
    .where('ended_at', 'is', null)
    .where((it) => it.or([it('serial', '=', serial), it('kiosk', '=', kiosk)]))
    .execute()
  const row: InsertionRow = {
    insertion: insertionId,
    kiosk,
    serial,
    binding: null,
    sequence: await next(work, 'sequence'),
    begun_at: now,
    ended_at: null,
    verdict: null,
    failed_looks: 0,
    look: null,
  }
  await work.insertInto('insertions').values(row).execute()
  return row
}

/** A kiosk that still works with a card which another kiosk has seen since: one of the two is a copy. */
const alarmIfElsewhere = async (turn: Turn, row: InsertionRow): Promise<void> => {
  const elsewhere = await turn.work
    .selectFrom('insertions')
    .select(['insertion', 'kiosk', 'begun_at'])
    .where('serial', '=', row.serial)
    .where('kiosk', '<>', row.kiosk)
    .where('sequence', '>', row.sequence)
    .executeTakeFirst()
  if (elsewhere === undefined) return
  await raise(turn.work, {
    kind: 'card in two places',
    at: turn.now,
    kiosk: turn.kiosk,
    serial: row.serial,
    ...(row.binding === null ? {} : { binding: row.binding }),
    evidence: { insertion: row.insertion, elsewhere },
  })
}
