// The timeline of a sale: every record of it put together, one line a fact, in the order of time.
import type { TimelineLine } from '../../../domain/console/explaining.ts'
import { merged, together } from './drafts.ts'
import type { Evidence } from './evidence.ts'
import { toldByBooks } from './told-by-books.ts'
import { toldByKiosk } from './told-by-kiosk.ts'
import { toldByOthers } from './told-by-others.ts'

export const timelineOf = (evidence: Evidence, seesCustomers: boolean): TimelineLine[] =>
  merged([
    ...toldByKiosk(evidence.journal),
    ...toldByBooks(evidence, seesCustomers),
    ...toldByOthers(evidence, seesCustomers),
  ]).map(({ at, kiosk, fact, sure, sources }) => ({
    at,
    kiosk: kiosk === null ? null : { number: kiosk, place: evidence.places.get(kiosk) ?? '' },
    fact,
    sure,
    sources: together(sources),
  }))
