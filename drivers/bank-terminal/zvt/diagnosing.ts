// The test of a technician: registration, the terminal's own diagnosis, and what is open in its books (devices.md 10.3, 10.6).
import type { BankTerminalDiagnosis } from '../bank-terminal.ts'
import { raise, type Conversation } from './conversation.ts'
import { openPreAuthorisation } from './ending-day.ts'
import { runCommand } from './exchange.ts'
import { greet } from './greeting.ts'
import { diagnosis } from './requests.ts'
import { codeText, terminalState } from './result-codes.ts'
import { look } from './watching.ts'

/** Every step may be repeated, and none of them can charge. */
export const diagnose = async (c: Conversation): Promise<void> =>
  c.tell({ type: 'bank-terminal.diagnosed', diagnosis: await diagnosed(c) })

const diagnosed = async (c: Conversation): Promise<BankTerminalDiagnosis> => {
  const greeted = await greet(c)
  // Without registration nothing else may be asked of it: the line begins anew.
  if (greeted.kind !== 'registered') c.doubtful = true
  if (greeted.kind === 'silent') return noAnswer
  if (greeted.kind === 'busy') return { kind: 'busy' }
  if (greeted.kind === 'refused') {
    raise(c, greeted.fault)
    return { kind: 'refused', fault: greeted.fault.kind }
  }
  const own = await runCommand(c, diagnosis)
  if (own.kind === 'lost' || !(await look(c))) return noAnswer
  const open = await openPreAuthorisation(c)
  if (open.kind === 'lost' || c.unit === null) return noAnswer
  const state = c.state ?? terminalState.ready
  const trouble =
    own.kind === 'completed' ? (state === terminalState.ready ? null : state) : own.code
  return {
    kind: 'diagnosed',
    unit: c.unit,
    trouble: trouble === null ? null : codeText(trouble),
    paymentsOpen: open.kind === 'told' ? open.receiptNumber !== null : null,
  }
}

const noAnswer = { kind: 'no answer' } as const
