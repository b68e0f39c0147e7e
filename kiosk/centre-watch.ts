// Whether the centre is there for customers: it answers, and the journal it has of this kiosk is the one on this disk.
import type { CentreClient } from './centre-client.ts'
import type { Clock } from './clock.ts'
import { journalUpload, type UploadableJournal } from './journal-upload.ts'
import type { Log } from './log.ts'
import type { LookNonces } from './look-nonces.ts'

export type CentreWatch = {
  /** Calls back with every change until the signal aborts; `reached` not before the journal is known to be the right one. */
  watch: LookNonces['watch']
  /** There is something new in the journal. */
  appended: () => void
  /** Why the journal is not the one that the centre knows; null while it is, as far as anybody can tell. */
  trouble: () => string | null
  /** The last line of the journal that the centre is known to have. */
  uploaded: () => number
}

export const centreWatch = (of: {
  nonces: LookNonces
  /** Null when the journal cannot be trusted: then nothing is sold anyway. */
  journal: UploadableJournal | null
  centre: CentreClient
  clock: Clock
  log: Log
  /** The journal is not the one that the centre knows. */
  onTrouble: (why: string) => void
}): CentreWatch => {
  const { nonces, journal, centre, clock, log, onTrouble } = of
  let known: 'reached' | 'lost' | null = null
  let anchor: 'not asked yet' | 'not answered' | 'held' =
    journal === null ? 'held' : 'not asked yet'
  let told: 'reached' | 'lost' | null = null
  let trouble: string | null = null
  let say = () => undefined as void

  const upload =
    journal === null
      ? null
      : journalUpload({
          journal,
          centre,
          clock,
          anchored: () => {
            anchor = 'held'
            say()
          },
          unanchored: () => {
            if (anchor === 'not asked yet') anchor = 'not answered'
            say()
          },
          trouble: (why) => {
            trouble = why
            log.fatal(
              { trouble: why },
              'the journal is not the one the centre knows: nothing is sold',
            )
            onTrouble(why)
          },
          report: (why) => log.warn({ why }, 'the journal is not uploaded yet'),
        })

  return {
    watch: async (tell, signal) => {
      say = () => {
        const now = known === 'reached' && anchor !== 'held' ? withoutAnchor(anchor) : known
        if (now !== null && now !== told && !signal.aborted) tell((told = now))
      }
      const hear = (now: 'reached' | 'lost') => {
        known = now
        say()
        if (now === 'reached') upload?.centreReached()
      }
      await Promise.all([nonces.watch(hear, signal), upload?.run(signal)])
    },
    appended: () => upload?.appended(),
    trouble: () => trouble,
    uploaded: () => upload?.through() ?? 0,
  }
}

/** The first question may still be on its way; a centre that does not take journals is none to sell with. */
const withoutAnchor = (anchor: 'not asked yet' | 'not answered'): 'lost' | null =>
  anchor === 'not answered' ? 'lost' : null
