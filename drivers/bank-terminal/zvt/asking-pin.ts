// Asks the PIN pad for the PIN of a power-purchase card (pin-request.ts: an extension, behind its capability). Charges nothing.
import type { BankTerminalCommand } from '../bank-terminal.ts'
import type { Conversation } from './conversation.ts'
import { runCommand, type CommandEnd } from './exchange.ts'
import type { StatusInformation } from './messages.ts'
import { tellHint } from './paying.ts'
import { paymentDelays } from './payment.ts'
import { askPin, pinIn } from './pin-request.ts'
import { abort } from './requests.ts'
import { declineReason, result } from './result-codes.ts'

type AskPin = Extract<BankTerminalCommand, { type: 'bank-terminal.ask-pin' }>

export const enterPin = async (c: Conversation, command: AskPin): Promise<void> => {
  const { paymentId, amount, language } = command
  const asked = { id: paymentId, stop: false }
  c.pinAsked = asked
  let told: StatusInformation | null = null
  let stepMs = c.clock.monotonic()
  const end = await runCommand(c, askPin(paymentId, amount, language), {
    information: (information) => {
      told = information
    },
    doing: (status) => {
      stepMs = c.clock.monotonic()
      tellHint(c, paymentId, status)
    },
    stop: () => (asked.stop ? abort : null),
  })
  c.pinAsked = null
  const pin = end.kind === 'completed' ? pinOf(told) : null
  if (pin !== null) return c.tell({ type: 'pin.entered', paymentId, ...pin })
  const waitedLong = c.clock.monotonic() - stepMs >= paymentDelays.patienceMs
  return c.tell({
    type: 'pin.not-entered',
    paymentId,
    why:
      end.kind === 'lost'
        ? 'no connection'
        : declineReason(codeOf(end, told), { stopped: asked.stop, waitedLong }),
  })
}

const pinOf = (told: StatusInformation | null) =>
  told !== null && told.result === result.ok ? pinIn(told.fields) : null

const codeOf = (
  end: Exclude<CommandEnd, { kind: 'lost' }>,
  told: StatusInformation | null,
): number => (end.kind === 'completed' ? (told?.result ?? result.processing) : end.code)
