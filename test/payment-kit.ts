// Sales that a bank pays for, step by step, with the kit of the centre: for tests.
import type { Answered } from '../domain/centre-messages.ts'
import type { CentreKit, Inserted } from './centre-kit.ts'

export type End = 'kept' | 'reversed' | 'unknown'
export type Made = Awaited<ReturnType<typeof ordered>>

/** An order that a payment has paid for; nothing of its script is asked for yet. */
export const ordered = async (kit: CentreKit, inserted: Inserted, tender = 10_000) => {
  const made = await kit.kiosk().order(inserted, { tender, pays: true })
  if (made.reply.kind === 'refused') throw new Error(made.reply.why)
  return { ...made, order: made.reply.order, inserted }
}

/** The kiosk is done with it, and tells how its payment ended. */
export const close = (
  kit: CentreKit,
  { saleId, insertionId, payment }: Made,
  end: End,
): Promise<Answered<'closing'>> =>
  kit.kiosk().ask('closing', { saleId, insertionId, notes: [], payments: [{ ...payment, end }] })

type Released = Extract<Answered<'script'>, { kind: 'released' }>

/** Released, and not one command of it reaches the card. */
export const notWritten = async (kit: CentreKit, made: Made): Promise<Released> => {
  const released = await kit.kiosk().script(made.inserted, made.order)
  if (released.kind === 'refused') throw new Error(released.why)
  return released
}

/** Released and run on the card, and no word of it reaches the centre. */
export const written = async (kit: CentreKit, made: Made): Promise<Released> => {
  const released = await notWritten(kit, made)
  kit.kiosk().run(made.inserted.card, released.commands)
  return released
}

/** What all accounts of a kind come to: debits less credits. */
export const inAccount = async (kit: CentreKit, kind: string): Promise<number> => {
  const { sum } = await kit
    .store()
    .read.selectFrom('entries')
    .innerJoin('accounts', 'accounts.account', 'entries.account')
    .select(({ fn }) => fn.sum<number | null>('amount').as('sum'))
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow()
  return sum ?? 0
}
