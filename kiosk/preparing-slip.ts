// The next slip that is owed for a sale that a stop broke off: its number journalled, its lines as things stand now.
import { referenceOf } from '../domain/reference.ts'
import type { PreparedSlip } from '../state-machines/printing-slips.ts'
import type { Clock } from './clock.ts'
import { claimedOf, makeClaim } from './claim-slip.ts'
import type { KioskConfig } from './config.ts'
import { interruptedSales } from './interrupted.ts'
import { interruptedSlip } from './interrupted-slip.ts'
import { jobIdOf } from './preparing-receipt.ts'
import type { KioskKey } from './kiosk-key.ts'
import type { Records } from './records.ts'

type Parts = {
  config: KioskConfig
  clock: Pick<Clock, 'now'>
  records: Pick<Records, 'append' | 'nextReceipt' | 'standing'>
  /** Null where it could not be opened. */
  key: KioskKey | null
}

/** Null when none is owed. Rejects when the journal cannot be written: then the next start prints it. */
export const nextSlip = async ({
  config,
  clock,
  records,
  key,
}: Parts): Promise<PreparedSlip | null> => {
  const standing = records.standing()
  const sale = interruptedSales(standing).find(({ slipOwed }) => slipOwed)
  if (sale === undefined) return null
  const { saleId } = sale
  // A job is one piece of paper: what was begun before is asked for again under its own number.
  const begun = standing.sales
    .get(saleId)
    ?.receipts.find(({ state, outdated }) => state !== 'printed' && !outdated)
  const number = begun?.number ?? (await records.nextReceipt())
  const jobId = begun?.jobId ?? jobIdOf(config, number)
  const left = claimedOf(sale.money)
  const claim =
    left === null || key === null
      ? null
      : makeClaim({ kiosk: config.kiosk, key, now: clock.now }, saleId, left)
  await records.append([
    ...(claim === null ? [] : [claim.entry]),
    { type: 'receipt.queued', saleId, jobId, number },
  ])
  const facts = {
    ...config,
    number,
    at: clock.now(),
    reference: referenceOf(saleId),
    claim: claim?.text ?? null,
  }
  return { saleId, jobId, paper: interruptedSlip(sale, config.language, facts).paper }
}
