// Pure: a line of the journal as bytes, its own hash, and its place behind the line before. Kiosk and centre check alike.
//
//   {"sequence":1,"at":"…","previous":"00…00","entry":{…},"hash":"3f…"}\n
//    └────────────── SHA-256 of this and a closing brace ┘
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { JournalLine } from './journal-entry.ts'
import { problemsOf } from './schema.ts'

/** Where a chain stands: what the next line has to follow. `hash`: 64 digits as lower-case hex. */
export const ChainHead = z.object({
  sequence: z.int().nonnegative(),
  hash: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 as lower-case hex'),
})
export type ChainHead = z.infer<typeof ChainHead>

/** Before the first line. */
export const noHead: ChainHead = { sequence: 0, hash: '0'.repeat(64) }

/** A line whose entry is not looked at: a newer kiosk may journal what an older centre has no word for. */
const Link = JournalLine.extend({ entry: z.unknown() })
export type Link = z.infer<typeof Link>

export type CheckedLink = { kind: 'sound'; link: Link } | { kind: 'broken'; why: string }

/** `,"hash":"` before the hash of a line. */
export const hashMember = ',"hash":"'
const hashDigits = 64
/** `,"hash":"` + 64 digits + `"}` */
const tailBytes = hashMember.length + hashDigits + 2

/** Checks the bytes of one line, without its newline, against its own hash. Bytes are hashed exactly as they stand. */
export const checkLink = (bytes: Buffer): CheckedLink => {
  const hash = hashAtEnd(bytes)
  if (hash === null) return broken('it does not end in a hash')
  const body = bytes.subarray(0, bytes.length - tailBytes)
  if (sha256(body, '}') !== hash) return broken('its content is not what it was')
  const value = jsonOf(bytes.toString('utf8'))
  const parsed = Link.safeParse(value)
  return parsed.success
    ? { kind: 'sound', link: parsed.data }
    : broken(problemsOf(parsed.error, value).join('; '))
}

/** What is wrong with the place of a line behind `head`, or null. */
export const placeProblem = (
  { sequence, previous }: Pick<Link, 'sequence' | 'previous'>,
  head: ChainHead,
): string | null => {
  if (sequence !== head.sequence + 1) {
    return `it has number ${sequence} where ${head.sequence + 1} belongs`
  }
  return previous === head.hash ? null : 'it does not follow the line before it'
}

/** The hash that a line ends in, not compared with its content; null when it ends in none. */
export const hashAtEnd = (bytes: Buffer): string | null => {
  const cut = bytes.length - tailBytes
  const tail = bytes.subarray(Math.max(0, cut)).toString('latin1')
  return cut >= 1 && tail.startsWith(hashMember) && tail.endsWith('"}')
    ? tail.slice(hashMember.length, hashMember.length + hashDigits)
    : null
}

export const sha256 = (...parts: (string | Buffer)[]): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

const broken = (why: string): { kind: 'broken'; why: string } => ({ kind: 'broken', why })

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
