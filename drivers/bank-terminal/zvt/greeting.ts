// First words on an open line: registration, what the terminal can do, and whether it is the one we know (devices.md 10.3).
import type { BankTerminalFault } from '../faults.ts'
import type { Conversation } from './conversation.ts'
import { runCommand } from './exchange.ts'
import { registeredIn, type Registered } from './messages.ts'
import { register, registrationConfig, registrationTag } from './requests.ts'
import { result, terminalState } from './result-codes.ts'
import { valueOf } from './tlv.ts'

export type Greeted =
  | { kind: 'registered' }
  /** It is in the middle of something older: try again soon. */
  | { kind: 'busy' }
  | { kind: 'silent' }
  | { kind: 'refused'; fault: BankTerminalFault }

export const greet = async (c: Conversation): Promise<Greeted> => {
  c.sequence = null
  const { password, currency, slip, sequence } = c.terms
  const config = registrationConfig[slip]
  const end = await runCommand(c, register({ password, config, currency, sequence, asksPin: true }))
  if (end.kind === 'lost') return { kind: 'silent' }
  if (end.kind === 'completed') return known(c, registeredIn(end.data))
  if (end.code === result.busy) return { kind: 'busy' }
  // Devices.md 10.3 has this refusal as 84 1E; terminals are seen to say 06 1E 6F.
  const isCurrency = end.code === result.currency || end.code === 0x1e
  return unsuitable(isCurrency ? 'currency' : 'registration')
}

const unsuitable = (lacks: 'vending mode' | 'currency' | 'registration'): Greeted => ({
  kind: 'refused',
  fault: { kind: 'not suitable', moneyAtRisk: 'no', lacks },
})

const known = (c: Conversation, registered: Registered): Greeted => {
  const { terminalId, currency, vending, fields } = registered
  const enrolled = c.terms.terminalId
  if (enrolled !== 'any' && enrolled !== terminalId) {
    const fault = {
      kind: 'wrong terminal',
      moneyAtRisk: 'no',
      found: terminalId,
      enrolled,
    } as const
    return { kind: 'refused', fault }
  }
  if (currency !== null && currency !== c.terms.currency) return unsuitable('currency')
  if (!vending && c.terms.vending === 'required') return unsuitable('vending mode')
  // Devices.md 10.3: ids are used from here on if the completion says them back.
  c.sequence = valueOf(fields.tagged, registrationTag.sequence) === null ? null : 0
  c.state = stateAtStart(registered)
  c.unit = {
    terminalId,
    version: null,
    vending,
    canAskPin: valueOf(fields.tagged, registrationTag.asksPin) !== null,
  }
  return { kind: 'registered' }
}

const stateAtStart = (registered: Registered): number | null => {
  if (registered.initialisationNeeded) return terminalState.initialisationNeeded
  return registered.diagnosisNeeded ? terminalState.diagnosisNeeded : null
}
