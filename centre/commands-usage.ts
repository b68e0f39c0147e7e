// What stands on the command line of the commands, and how it says that something is wrong with it.
import { parseArgs } from 'node:util'
import { commandLifeMs } from '../domain/fleet/commands.ts'
import { isOperation, Operation, operations } from '../domain/fleet/operations.ts'
import { KioskNumber } from '../domain/identifiers.ts'
import { problemsOf } from '../domain/schema.ts'
import { whyOf } from '../server/config-file.ts'
import type { Ordering } from './fleet/commands/ordering.ts'

export const usage = `usage: npm run command -- --config FILE --kiosk NUMBER --op OPERATION --by NAME [--in 30m] [--on-idle]
           outOfService --reason REASON     setInterval --seconds N     selfTest --device DEVICE
           applyConfig --file FILE          sendLogs --from TIME --until TIME
           flightRecord [--at TIME]         resend --topic ev|res --number N
           report inService finishOnly restartScreen restartRuntime reboot
       npm run command -- --config FILE --list [--kiosk NUMBER]
       npm run command -- --config FILE --answer COMMAND
       npm run command -- --config FILE --make-key`

export type CommandAsked =
  | ({ kind: 'order' } & Omit<Ordering, 'id'>)
  | { kind: 'list'; kiosk: KioskNumber | null }
  /** Of a command that was ordered before. */
  | { kind: 'answer'; command: string }
  | { kind: 'make key' }

export type CommandArguments =
  | { kind: 'arguments'; config: string; asked: CommandAsked }
  | { kind: 'problems'; problems: string[] }

const texts = [
  'config',
  'kiosk',
  'op',
  'by',
  'in',
  'reason',
  'seconds',
  'device',
  'file',
  'from',
  'until',
  'at',
  'topic',
  'number',
  'answer',
] as const
const flags = ['on-idle', 'list', 'make-key'] as const
type Values = Partial<Record<(typeof texts)[number], string>> &
  Partial<Record<(typeof flags)[number], boolean>>

/** `read`: the packed configuration in a file, without its secret members; throws what is wrong with it. */
export const commandAskedBy = (
  args: string[],
  read: (file: string) => string,
): CommandArguments => {
  try {
    const options = Object.fromEntries([
      ...texts.map((name) => [name, { type: 'string' as const }] as const),
      ...flags.map((name) => [name, { type: 'boolean' as const }] as const),
    ])
    const values: Values = parseArgs({ args, strict: true, options }).values
    if (values.config === undefined) return wrong('--config: found nothing; must name a file')
    const asked = askedIn(values, read)
    return typeof asked === 'string'
      ? wrong(asked)
      : { kind: 'arguments', config: values.config, asked }
  } catch (error) {
    return wrong(whyOf(error))
  }
}

const wrong = (problem: string): CommandArguments => ({
  kind: 'problems',
  problems: [problem, usage],
})

/** What is asked, or what is wrong with it. */
const askedIn = (values: Values, read: (file: string) => string): CommandAsked | string => {
  if (values['make-key'] === true) return { kind: 'make key' }
  if (values.answer !== undefined) return { kind: 'answer', command: values.answer }
  const kiosk = KioskNumber.safeParse(values.kiosk)
  if (values.list === true) {
    if (values.kiosk === undefined) return { kind: 'list', kiosk: null }
    return kiosk.success ? { kind: 'list', kiosk: kiosk.data } : noKiosk(values.kiosk)
  }
  if (!kiosk.success) return noKiosk(values.kiosk)
  const by = values.by?.trim() ?? ''
  if (by === '' || by.length > 80) return '--by: must name whoever orders it'
  const lifeMs = lifeIn(values.in)
  if (lifeMs === null) return `--in: found ${values.in}; must be a time such as 30m or 4h`
  const operation = operationIn(values, read)
  if (typeof operation === 'string') return operation
  const when = values['on-idle'] === true ? 'onIdle' : 'now'
  return { kind: 'order', kiosk: kiosk.data, operation, by, lifeMs, when }
}

const noKiosk = (found: string | undefined): string =>
  `--kiosk: found ${found ?? 'nothing'}; must be the number of a kiosk, 12 digits`

const lifeIn = (text: string | undefined): number | null => {
  if (text === undefined) return commandLifeMs.usual
  const [, count, unit] = /^(\d{1,5})([smh])$/.exec(text) ?? []
  if (count === undefined) return null
  return Number(count) * (unit === 'h' ? 3_600_000 : unit === 'm' ? 60_000 : 1_000)
}

const operationIn = (values: Values, read: (file: string) => string): Operation | string => {
  const { op = '' } = values
  if (!isOperation(op)) {
    return `--op: found ${op === '' ? 'nothing' : op}; must be one of ${Object.keys(operations).join(', ')}`
  }
  const { reason, seconds, device, file, from, until, at, topic, number } = values
  const given: Record<string, unknown> = {
    reason,
    seconds: seconds === undefined ? undefined : Number(seconds),
    device,
    config: file === undefined ? undefined : read(file),
    from: topic === undefined ? momentIn(from) : Number(number),
    until: momentIn(until),
    at: momentIn(at),
    topic,
  }
  const args = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const operation = Operation.safeParse({ op, args })
  return operation.success
    ? operation.data
    : `--op ${op}: ${problemsOf(operation.error, { op, args }).join('; ')}`
}

/** As ISO 8601; not a number where it is none, which no operation takes. */
const momentIn = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Date.parse(text)
