// Pure: all that a centre may ask of a kiosk, as data. None of it touches money: no operation names an amount, a note, a
// card, a sale or an order (fleet.md 8, C8); a person on site or the back office does that.
import { z } from 'zod'
import { ClosedReason } from '../service/service-entries.ts'
import { heartbeatSeconds } from './host-messages.ts'
import { numbered } from './topics.ts'

const ms = z.int().nonnegative()
const nothing = z.strictObject({})

/** Devices that can look after themselves while nobody stands there. */
export const TestedDevice = z.enum([
  'cardReader',
  'noteAcceptor',
  'bankTerminal',
  'receiptPrinter',
  'screen',
])
export type TestedDevice = z.infer<typeof TestedDevice>

/** Longer windows of logs are asked for in pieces. */
export const longestLogMs = 24 * 3_600_000

export const Operation = z.discriminatedUnion('op', [
  /** Birth and heartbeat, now. */
  z.object({ op: z.literal('report'), args: nothing }),
  /** Between heartbeats, until the program ends. */
  z.object({
    op: z.literal('setInterval'),
    args: z.strictObject({
      seconds: z.int().min(heartbeatSeconds.least).max(heartbeatSeconds.most),
    }),
  }),
  /** Nobody is served any more, after the sale under way. */
  z.object({ op: z.literal('outOfService'), args: z.strictObject({ reason: ClosedReason }) }),
  z.object({ op: z.literal('inService'), args: nothing }),
  /** The sale under way is the last one. */
  z.object({ op: z.literal('finishOnly'), args: nothing }),
  /** The page is loaded anew. */
  z.object({ op: z.literal('restartScreen'), args: nothing }),
  /** The kiosk's program ends in order and is started again. */
  z.object({ op: z.literal('restartRuntime'), args: nothing }),
  /** The machine is started anew. */
  z.object({ op: z.literal('reboot'), args: nothing }),
  /** `config`: the whole file, packed (`packed.ts`), without its secret members: those stay as they are. */
  z.object({ op: z.literal('applyConfig'), args: z.strictObject({ config: z.string().min(1) }) }),
  /** The diagnostic log of this time, redacted. */
  z.object({ op: z.literal('sendLogs'), args: z.strictObject({ from: ms, until: ms }) }),
  /** What was recorded around the last fault before this moment; around the very last one, where none is given. */
  z.object({ op: z.literal('flightRecord'), args: z.strictObject({ at: ms.optional() }) }),
  z.object({ op: z.literal('selfTest'), args: z.strictObject({ device: TestedDevice }) }),
  /** Records that are kept, from this number on, once more. */
  z.object({
    op: z.literal('resend'),
    args: z.strictObject({ topic: z.enum(numbered), from: z.int().positive() }),
  }),
])
export type Operation = z.infer<typeof Operation>
export type OperationName = Operation['op']

export type OperationTraits = {
  /** Always waits until nobody is being served, whatever was asked (C6). */
  onIdle?: true
  /** About the program that runs now: carries `bd`, and is obsolete for any later run (C1). */
  ofThisRun?: true
  /** Good while the kiosk's clock is not trusted (C2). */
  anyClock?: true
  /** Says that it is running: it takes as long as a customer does, or ends in a start. */
  slow?: true
}

export const operations: Record<OperationName, OperationTraits> = {
  report: { anyClock: true },
  setInterval: {},
  outOfService: { slow: true },
  inService: {},
  finishOnly: { slow: true },
  restartScreen: { ofThisRun: true },
  restartRuntime: { ofThisRun: true, slow: true },
  reboot: { onIdle: true, ofThisRun: true, slow: true },
  applyConfig: { onIdle: true, slow: true },
  sendLogs: { anyClock: true },
  flightRecord: {},
  selfTest: { slow: true },
  resend: {},
}

export const isOperation = (op: string): op is OperationName => Object.hasOwn(operations, op)

/** Members of a kiosk's configuration that no command brings: they stay as they are on the kiosk. */
export const secretMembers = [
  ['devices', 'noteAcceptor', 'fixedKey'],
  ['devices', 'bankTerminal', 'password'],
  /** Who may open the maintenance mode: names, and hashes of PINs that are short enough to be found from them. */
  ['service'],
] as const satisfies readonly (readonly [string, ...string[]])[]
