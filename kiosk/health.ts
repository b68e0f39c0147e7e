// Pure: what supervision and a technician are told of the running kiosk. Nothing in it says who a customer is.
import { referenceTo } from '../domain/reference.ts'
import type { Records } from './records.ts'
import type { KioskSnapshot } from './screen-for.ts'
import { unresolved } from './unresolved.ts'

/** A trouble of the journal and the reference number that is on the screen meanwhile. */
export const troubleOf = (trouble: string): { trouble: string; reference: string } => ({
  trouble,
  reference: referenceTo(trouble).number,
})

/** Somebody is at the kiosk with a card, or what they did is being closed. */
export const isServing = ({ status, value: { service } }: KioskSnapshot): boolean =>
  status === 'active' && (service === 'serving' || service === 'closingSession')

/** Nobody is there, no card is in, and no device holds money of anybody: the program may end without one noticing. */
export const isIdle = ({ status, value: { service }, context }: KioskSnapshot): boolean =>
  status === 'active' &&
  context.card === null &&
  context.holding.length === 0 &&
  (service === 'idle' || service === 'outOfService')

/**
 * `well` is false when only a restart helps: the machine has stopped, or the journal cannot be written. `unresolved` is P4's
 * list, `tornLines` the files that this start put torn last lines aside in.
 */
export const healthOf = (
  { status, value, context }: KioskSnapshot,
  records: Pick<Records, 'standing' | 'tornLines'>,
  trouble: string | null,
): Record<string, unknown> => {
  const shown = context.journalTrouble ?? trouble
  return {
    well: status === 'active' && trouble === null,
    trouble,
    reference: shown === null ? null : troubleOf(shown).reference,
    service: value.service,
    devices: context.devices,
    centre: context.centre,
    unresolved: unresolved(records.standing()),
    tornLines: records.tornLines,
  }
}
