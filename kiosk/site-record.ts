// Pure: what the journal says of the kiosk as a machine that people look after: whether it is closed, and its last faults.
import type { JournalEntry, JournalLine } from '../domain/journal-entry.ts'
import type { ClosedBy, ClosedReason, Closing } from '../domain/service/service-entries.ts'

/** Closed by a person or by the office: nobody is served until one of them opens it, over any restart. */
export type Closed = { by: ClosedBy; how: Closing; reason: ClosedReason }

/** `clearedAt` null: it stands. Times as the journal wrote them, ms since 1970. */
export type FaultTold = {
  device: string
  fault: string
  raisedAt: number
  clearedAt: number | null
}

export type SiteRecord = {
  closed: Closed | null
  /** The newest last; of each device the last few. */
  faults: readonly FaultTold[]
  /** When the visit began that is going on, ms since 1970; null where nobody is on one. */
  visitSince: number | null
}

export const noSiteRecord: SiteRecord = { closed: null, faults: [], visitSince: null }

/** Of each device so many are kept. */
const faultsKept = 5

export const siteRecordAfter = (
  record: SiteRecord,
  { entry, at }: Pick<JournalLine, 'entry' | 'at'>,
): SiteRecord => {
  switch (entry.type) {
    case 'kiosk.closed': {
      const { by, how, reason } = entry
      return { ...record, closed: { by, how, reason } }
    }
    case 'kiosk.opened':
      return { ...record, closed: null }
    case 'service.begun':
      return { ...record, visitSince: Date.parse(at) }
    case 'service.ended':
      return { ...record, visitSince: null }
    case 'fault.raised':
      return { ...record, faults: withRaised(record.faults, entry, Date.parse(at)) }
    case 'fault.cleared':
      return { ...record, faults: withCleared(record.faults, entry, Date.parse(at)) }
    // What stood when the program stopped is raised again by its device if it still stands.
    case 'kiosk.started':
      return {
        ...record,
        faults: record.faults.map((told) => clearedBy(told, Date.parse(at))),
        visitSince: null,
      }
    default:
      return record
  }
}

const withRaised = (
  faults: readonly FaultTold[],
  { device, fault }: Extract<JournalEntry, { type: 'fault.raised' }>,
  raisedAt: number,
): FaultTold[] => {
  const next = [...faults, { device, fault, raisedAt, clearedAt: null }]
  const ofDevice = next.filter((told) => told.device === device)
  const oldest = ofDevice.length > faultsKept ? ofDevice[0] : null
  return next.filter((told) => told !== oldest)
}

const withCleared = (
  faults: readonly FaultTold[],
  { device, fault }: Extract<JournalEntry, { type: 'fault.cleared' }>,
  at: number,
): FaultTold[] =>
  faults.map((told) =>
    told.device === device && told.fault === fault ? clearedBy(told, at) : told,
  )

const clearedBy = (told: FaultTold, at: number): FaultTold =>
  told.clearedAt === null ? { ...told, clearedAt: at } : told
