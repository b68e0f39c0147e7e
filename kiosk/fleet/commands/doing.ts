// What each operation does, by the hands of the kiosk. Every operation of the table has its place here, and no other.
import type { Order } from '../../../domain/fleet/commands.ts'
import type { CommandAnswer } from '../../../domain/fleet/kiosk-messages.ts'
import { never } from '../../../domain/never.ts'
import type { ClosedBy } from '../../../domain/service/service-entries.ts'
import type { CheckedConfig } from './applying-config.ts'
import type { Target } from './command-store.ts'
import type { KioskHands, LineHands } from './hands.ts'

export type Ended = {
  st: Extract<CommandAnswer['st'], 'done' | 'failed' | 'refused'>
  code?: string
  /** What was asked for, or found; redacted. */
  text?: string
}

export type Plan =
  | { kind: 'over'; end: Ended }
  | { kind: 'work'; work: () => Promise<Ended> }
  /** The program ends by it; the start that proves the target says that it is done (C5). */
  | { kind: 'restart'; target: Target; begin: () => Promise<void> }

export type Hands = {
  kiosk: KioskHands
  line: LineHands
  /** A part of the diagnostic log, redacted; null where there is no file of it. */
  log: ((window: { from: number; until: number }) => Promise<string[]>) | null
  /** The text of the last recording of a fault before this moment, redacted; null when there is none. */
  recording: (at: number | null) => Promise<string | null>
  config: {
    /** `kid`: the name of the key that the command is signed with. */
    check: (packedConfig: string, kid: string) => Promise<CheckedConfig>
    putInPlace: (text: string) => Promise<void>
  }
  /** Names this start of the machine. */
  machineStart: () => Promise<string>
}

const done: Ended = { st: 'done' }
const over = (end: Ended): Plan => ({ kind: 'over', end })
const work = (doing: () => Promise<Ended>): Plan => ({ kind: 'work', work: doing })

/** Nothing has happened yet when it resolves. */
export const planOf = async (
  { operation, kid }: Pick<Order, 'operation' | 'kid'>,
  { by, hands }: { by: ClosedBy; hands: Hands },
): Promise<Plan> => {
  const { kiosk, line } = hands
  const at = (act: () => Promise<void> | void): Plan =>
    work(async () => {
      await act()
      return done
    })
  switch (operation.op) {
    case 'report':
      return at(line.report)
    case 'setInterval':
      return at(() => line.beatEvery(operation.args.seconds))
    case 'outOfService':
      return at(() => kiosk.close('out of service', operation.args.reason, by))
    case 'finishOnly':
      return at(() => kiosk.close('finish only', 'by the office', by))
    case 'inService':
      return at(() => kiosk.open(by))
    case 'restartScreen':
      return at(kiosk.restartScreen)
    case 'restartRuntime':
      return restart({ kind: 'start' }, async () => kiosk.restartRuntime())
    case 'reboot': {
      const { reboot } = kiosk
      if (reboot === null) return over({ st: 'refused', code: 'notConfigured' })
      return restart({ kind: 'machine start', before: await hands.machineStart() }, reboot)
    }
    case 'applyConfig':
      return applying(await hands.config.check(operation.args.config, kid), hands)
    case 'sendLogs': {
      const { log } = hands
      if (log === null) return over({ st: 'failed', code: 'noLogFile' })
      return work(async () => ({ ...done, text: (await log(operation.args)).join('\n') }))
    }
    case 'flightRecord':
      return work(async () => {
        const text = await hands.recording(operation.args.at ?? null)
        return text === null ? { st: 'failed', code: 'noRecording' } : { ...done, text }
      })
    case 'selfTest':
      return work(async () => {
        const { ok, words } = await kiosk.selfTest(operation.args.device)
        return ok ? { ...done, text: words } : { st: 'failed', code: 'selfTest', text: words }
      })
    case 'resend': {
      const { topic, from } = operation.args
      return work(async () => {
        const first = await line.resend(topic, from)
        if (first === null) return { st: 'failed', code: 'notKept' }
        return first > from ? { ...done, code: 'partly' } : done
      })
    }
    default:
      return never(operation)
  }
}

const restart = (target: Target, begin: () => Promise<void>): Plan => ({
  kind: 'restart',
  target,
  begin,
})

const applying = (checked: CheckedConfig, { config, kiosk }: Hands): Plan => {
  switch (checked.kind) {
    case 'in place':
      return over(done)
    case 'refused':
      return over({ st: 'refused', code: checked.code, text: checked.words })
    case 'config':
      return restart({ kind: 'configuration', hash: checked.hash }, async () => {
        await config.putInPlace(checked.text)
        kiosk.restartRuntime()
      })
    default:
      return never(checked)
  }
}
