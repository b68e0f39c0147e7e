// Asks the centre for a certificate: one question, one answer, and an honest word for how it ended.
import { Issued } from '../../domain/enrolment/enrolment-messages.ts'
import { wordsOf } from '../../domain/failed-fetch.ts'

/** A centre that does not answer in this time is away. */
const answerLimitMs = 15_000
const longestProblem = 300

export type AskedFor =
  | { kind: 'issued'; issued: Issued }
  /** The centre's own words. */
  | { kind: 'refused'; status: number; problem: string }
  /** The certificate that the centre shows is not of this moment: one of both clocks is wrong. */
  | { kind: 'clock'; why: string }
  | { kind: 'away'; why: string }

/** Never rejects. */
export const askFor = async (
  of: { url: string; path: string; fetch: typeof fetch; signal?: AbortSignal | undefined },
  question: unknown,
): Promise<AskedFor> => {
  const limit = AbortSignal.timeout(answerLimitMs)
  try {
    const response = await of.fetch(`${of.url.replace(/\/+$/, '')}${of.path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(question),
      signal: of.signal === undefined ? limit : AbortSignal.any([limit, of.signal]),
    })
    const answer = jsonOf(await response.text())
    const issued = Issued.safeParse(answer)
    if (response.ok && issued.success) return { kind: 'issued', issued: issued.data }
    if (response.status >= 400 && response.status < 500) {
      return { kind: 'refused', status: response.status, problem: problemIn(answer) }
    }
    return { kind: 'away', why: `status ${response.status}` }
  } catch (error) {
    return { kind: isOfClocks(error) ? 'clock' : 'away', why: wordsOf(error) }
  }
}

/** What TLS says of a certificate that has not begun, or is over. */
const isOfClocks = (error: unknown): boolean =>
  error instanceof Error &&
  error.cause instanceof Error &&
  'code' in error.cause &&
  (error.cause.code === 'CERT_NOT_YET_VALID' || error.cause.code === 'CERT_HAS_EXPIRED')

const problemIn = (answer: unknown): string => {
  const problem: unknown =
    typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'problem') : null
  return typeof problem === 'string' ? problem.slice(0, longestProblem) : 'it does not say why'
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
