// What of an event of the machines may be kept: what a device did and when, never who the customer is or what they have.
import type { RecordedEvent } from './trace.ts'

/** Events with details: of devices, of cash, of the customer's fingers, of the kiosk's own health. Of others only the name. */
const detailed =
  /^(note|note-acceptor|receipt|receipt-printer|card|card-reader|bank-terminal|paying|press|centre|journal|disk|slip)\./

/** The members that stay, at any depth. What is not named here is left out, also what is added to an event one day. */
const kept = new Set([
  'by',
  'code',
  'counters',
  'currency',
  'enrolled',
  'fault',
  'firmware',
  'found',
  'jobId',
  'kind',
  'language',
  'model',
  'moneyAtRisk',
  'most',
  'notes',
  'rejected',
  'saleId',
  'serialNumber',
  'stacked',
  'target',
  'tender',
  'theme',
  'to',
  'type',
  'unit',
  'value',
  'values',
  'where',
  'why',
])

/** The machine whose input is money alone: it can be started again from a recording. */
const startedAgain = 'takingCash'

/** Numbers of eight and more digits say whose something is: cards, meters, customers, telephones. The last four stay. */
export const withoutNumbers = (text: string): string =>
  text.replaceAll(/\d(?:[ .-]?\d){7,}/g, (number) => `#${number.replaceAll(/\D/g, '').slice(-4)}`)

/** The event as it may be recorded. `to` is who was told. */
export const redactedEvent = (
  { type, ...members }: { type: string; [member: string]: unknown },
  to: string,
): RecordedEvent => {
  if (type === 'xstate.init' && to === startedAgain) {
    return { type, input: inputOf(members['input']) }
  }
  if (!detailed.test(type)) return { type: withoutNumbers(type) }
  const left = redacted(members, 6)
  return { type, ...(isObject(left) ? left : {}) }
}

const inputOf = (input: unknown): unknown => redacted(input, 3)

const redacted = (value: unknown, depth: number): unknown => {
  if (typeof value === 'string') return withoutNumbers(value)
  if (typeof value === 'number') return Number.isSafeInteger(value) ? numberOf(value) : null
  if (typeof value === 'boolean' || value === null) return value
  if (depth === 0) return undefined
  if (Array.isArray(value)) return value.map((each) => redacted(each, depth - 1) ?? null)
  if (!isObject(value)) return undefined
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const left = name === 'paper' ? shapeOf(inner) : memberOf(name, inner, depth)
      return left === undefined ? [] : [[name, left]]
    }),
  )
}

const memberOf = (name: string, value: unknown, depth: number): unknown =>
  kept.has(name) ? redacted(value, depth - 1) : undefined

/** Money and counters never have so many digits. */
export const numberOf = (value: number): number | null =>
  Math.abs(value) >= 10_000_000 ? null : value

/**
 * A receipt as it looked and not as it read: letters became x and digits 0, in the script they were in, so that it takes the
 * same room on paper.
 */
const shapeOf = (paper: unknown): unknown => {
  if (typeof paper === 'string') return shapeOfText(paper)
  if (Array.isArray(paper)) return paper.map(shapeOf)
  if (!isObject(paper)) return paper
  return Object.fromEntries(
    Object.entries(paper).flatMap(([name, value]) => {
      if (words.has(name) || name === 'lines') return [[name, shapeOf(value)]]
      return looks.has(name) ? [[name, value]] : []
    }),
  )
}

/** Of a receipt: what is read, and what says how it looks. */
const words = new Set(['text', 'label', 'value', 'data'])
const looks = new Set(['language', 'kind', 'size', 'weight', 'align'])

const shapeOfText = (text: string): string =>
  text
    .replaceAll(/\p{N}/gu, '0')
    .replaceAll(/\p{Script=Arabic}/gu, 'س')
    .replaceAll(/\p{Script=Han}/gu, '口')
    .replaceAll(/(?![口س])\p{L}/gu, 'x')
    // As long as it was, and no number any more.
    .replaceAll(/0(?=(?:[ .-]?0){7})/g, 'x')

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
