// Keeps look nonces of the centre in hand, so that a card is read without waiting; and so knows whether the centre is there.
import type { KioskPublicKey } from '../domain/claim.ts'
import type { Nonce } from '../domain/identifiers.ts'
import type { CentreClient } from './centre-client.ts'
import type { Clock } from './clock.ts'

/** As many as the customers of a busy minute need. */
const nonceStock = 3
/** A nonce is not used in the last minute of its life: the card still has to be read with it. */
const nonceMarginMs = 60_000
/** How often the centre is asked while nothing else is. */
const pulseMs = 20_000
const firstRetryMs = 500
const longestRetryMs = 5_000
const askLimitMs = 4_000

export type LookNonces = {
  /** A nonce for the next look, at once or after one round trip; null when the centre is away. */
  take(): Promise<Nonce | null>
  /** Calls back with every change until the signal aborts: the first time as soon as it is known. */
  watch(tell: (centre: 'reached' | 'lost') => void, signal: AbortSignal): Promise<void>
}

/** `publicKey` goes with every question: the centre knows the claims of this kiosk by it. */
export const lookNonces = (
  centre: CentreClient,
  clock: Clock,
  publicKey: KioskPublicKey | null = null,
): LookNonces => {
  let stock: { nonce: Nonce; expiresAt: number }[] = []
  const fresh = () => stock.filter((each) => each.expiresAt - nonceMarginMs > clock.now())

  const fetchNonces = async (count: number, signal?: AbortSignal): Promise<boolean> => {
    const answer = await centre.ask(
      'lookNonces',
      clock.ids.request(),
      { count, ...(publicKey !== null && { publicKey }) },
      { deadlineMs: askLimitMs, ...(signal && { signal }) },
    )
    if (answer.kind !== 'answered') return false
    stock = [
      ...fresh(),
      ...answer.reply.nonces.map(({ nonce, expiresAt }) => ({
        nonce,
        expiresAt: Date.parse(expiresAt),
      })),
    ]
    return true
  }

  return {
    async take() {
      stock = fresh()
      if (stock.length === 0) await fetchNonces(1)
      return stock.shift()?.nonce ?? null
    },

    async watch(tell, signal) {
      let known: 'reached' | 'lost' | null = null
      let retryMs = firstRetryMs
      while (!signal.aborted) {
        const wanted = Math.max(1, nonceStock - fresh().length)
        const now = (await fetchNonces(wanted, signal)) ? 'reached' : 'lost'
        stock = stock.slice(-nonceStock)
        if (signal.aborted) return
        if (now !== known) tell((known = now))
        await clock.wait(now === 'reached' ? pulseMs : retryMs, signal)
        retryMs = now === 'reached' ? firstRetryMs : Math.min(retryMs * 2, longestRetryMs)
      }
    },
  }
}
