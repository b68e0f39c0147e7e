// Pure: a command as it is signed, and what a kiosk makes of one (fleet.md 8): done once, or answered by name.
import { z } from 'zod'
import { closedObject } from '../config-problems.ts'
import { isSignedBy } from '../ed25519.ts'
import type { KioskNumber } from '../identifiers.ts'
import { CommandBody, type CommandMessage } from './host-messages.ts'
import { wire } from './kiosk-messages.ts'
import { isOperation, Operation, operations } from './operations.ts'

/** A key that commands are believed by: its name, and its public half, 32 bytes of Ed25519 as base64url. */
export const CommandKey = closedObject({
  kid: z.string().min(1).max(64),
  publicKey: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/, 'must be an Ed25519 public key: 32 bytes as base64url'),
})
export type CommandKey = z.infer<typeof CommandKey>

/** A command lives so long unless told, and no longer (fleet.md 7). */
export const commandLifeMs = { usual: 30 * 60_000, longest: 24 * 3_600_000 } as const
/** A command begins to be good so long before it is ordered: a kiosk's clock may be slow. */
export const slowClockMs = 10 * 60_000

/** `sign`: Ed25519 over a text, 64 bytes. */
export const signedCommand = (
  body: CommandBody,
  { kid, sign }: { kid: string; sign: (text: string) => Uint8Array },
): CommandMessage => {
  const text = JSON.stringify(CommandBody.parse(body))
  return { v: wire, kid, body: text, sig: Buffer.from(sign(text)).toString('hex') }
}

export type RefusalCode =
  /** No key of this name is in the configuration. */
  | 'key'
  | 'signature'
  /** It is for another kiosk. */
  | 'kiosk'
  | 'unknownOp'
  | 'arguments'
  /** The clock of the kiosk is not trusted. */
  | 'clock'
  /** It would live for longer than commands may. */
  | 'life'
  /** It is about a run of the program and does not say which. */
  | 'boot'

/** A command that is to be done: until when (ms since 1970), and whether it waits for the kiosk to be idle. */
export type Order = { id: string; kid: string; exp: number; onIdle: boolean; operation: Operation }

type Named = { id: string; op: string; kid: string; exp: number }
export type Verdict =
  /** Nobody can be answered. */
  | { kind: 'no command' }
  /** Anybody may have made it: it is answered and not remembered. */
  | { kind: 'not ours'; id: string; code: 'key' | 'signature' | 'kiosk' }
  /** It was here before. */
  | { kind: 'known'; id: string }
  /** It may have been here before: whatever ends so early is remembered no more. Neither done nor answered. */
  | { kind: 'forgotten'; id: string }
  | { kind: 'ended'; named: Named; st: 'refused' | 'expired' | 'obsolete'; code?: RefusalCode }
  | { kind: 'accepted'; order: Order }

export type Situation = {
  kiosk: KioskNumber
  keys: readonly CommandKey[]
  /** ms since 1970, by the kiosk's clock. */
  now: number
  isClockTrusted: boolean
  /** Numbers of the connections that this run of the program has had; null while it has had none. */
  run: { first: number; latest: number } | null
  isKnown: (id: string) => boolean
  /** The latest end of a command that is remembered no more, ms since 1970; 0 where all are. */
  horizon: number
}

export const judged = (command: CommandMessage, situation: Situation): Verdict => {
  const read = CommandBody.safeParse(jsonOf(command.body))
  if (!read.success) return { kind: 'no command' }
  const body = read.data
  const { id, op, exp } = body
  const stranger = strangeness(command, body, situation)
  if (stranger !== null) return { kind: 'not ours', id, code: stranger }
  if (situation.isKnown(id)) return { kind: 'known', id }
  if (exp <= situation.horizon) return { kind: 'forgotten', id }
  const named = { id, op, kid: command.kid, exp }
  const refused = (code: RefusalCode): Verdict => ({ kind: 'ended', named, st: 'refused', code })
  if (!isOperation(op)) return refused('unknownOp')
  const operation = Operation.safeParse({ op, args: body.args })
  if (!operation.success) return refused('arguments')
  const { onIdle = false, ofThisRun = false, anyClock = false } = operations[op]
  if (!anyClock && !situation.isClockTrusted) return refused('clock')
  if (exp - body.nbf > commandLifeMs.longest + slowClockMs) return refused('life')
  const isInTime = situation.now >= body.nbf && situation.now <= exp
  if (situation.isClockTrusted && !isInTime) return { kind: 'ended', named, st: 'expired' }
  if (ofThisRun && body.bd === undefined) return refused('boot')
  if (body.bd !== undefined && !isOfRun(body.bd, situation.run)) {
    return { kind: 'ended', named, st: 'obsolete' }
  }
  const waits = onIdle || body.when === 'onIdle'
  const order = { id, kid: command.kid, exp, onIdle: waits, operation: operation.data }
  return { kind: 'accepted', order }
}

const strangeness = (
  { kid, body: said, sig }: CommandMessage,
  body: CommandBody,
  { keys, kiosk }: Situation,
): 'key' | 'signature' | 'kiosk' | null => {
  const key = keys.find((each) => each.kid === kid)
  if (key === undefined) return 'key'
  const signature = Buffer.from(sig, 'hex')
  if (!isSignedBy({ said, signature, key: key.publicKey })) return 'signature'
  return body.kiosk === kiosk ? null : 'kiosk'
}

/** The line may have been lost and found again meanwhile: every connection of one run names it. */
const isOfRun = (bd: number, run: Situation['run']): boolean =>
  run !== null && bd >= run.first && bd <= run.latest

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
