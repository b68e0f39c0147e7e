// The bank of a town in its edition: the simulated host's own decisions on its own books, at the words of the front machine's line.
//
// The bytes of ISO 8583, sign-on and MACs are proven elsewhere; here questions and answers get lost between two that know them.
import { never } from '../../domain/never.ts'
import {
  decryptPin,
  testPinBaseKey,
  transactionKey,
} from '../../drivers/bank-terminal/zvt/pin-block.ts'
import type { BankAnswer, BankLine, LateAnswer } from '../../front/bank-line/bank-line.ts'
import { businessDateAt } from '../../front/business-day.ts'
import type { IsoMessage } from '../../front/iso8583/message.ts'
import { answerTo, decide } from '../../front/simulated-bank/answering.ts'
import type { ReadPin } from '../../front/simulated-bank/pin.ts'
import { newAccount, newBank, type BankTruth } from '../../front/simulated-bank/truth.ts'
import { townPin, type TownAccount } from '../../kiosk/bench/town/bank-accounts.ts'
import type { Life } from './life.ts'
import type { Timeline } from './timeline.ts'

/** What a question of the front machine meets; each is used up by one. */
export type BankFault =
  | 'question lost'
  | 'answer lost'
  /** It comes when nobody waits for it any more. */
  | 'answer late'
  /** The bank has it twice. */
  | 'doubled'
  /** The bank has it, and what comes back was changed on the way. */
  | 'wrong MAC'

const travelMs = 300
const lateMs = 5_000

const readPin: ReadPin = ({ block, keySerial, reference }) =>
  decryptPin(block, { reference, key: transactionKey(testPinBaseKey, keySerial) })

export type DayBank = ReturnType<typeof dayBank>

export const dayBank = (of: {
  timeline: Timeline
  accounts: readonly TownAccount[]
  currency: string
  day: Parameters<typeof businessDateAt>[1]
}) => {
  const { timeline } = of
  const nowMs = timeline.now()
  const truth: BankTruth = newBank({ businessDate: businessDateAt(nowMs, of.day), nowMs })
  for (const { account, balance, blocked } of of.accounts) {
    truth.accounts[account] = newAccount({ balance, blocked, pin: townPin, currency: of.currency })
  }
  const opening = balanceOf(truth)
  let away = false
  /** Tells the front machine of now that the bank is there again. */
  let back = (): void => undefined
  const faults: { fault: BankFault; in: number; met: () => void }[] = []

  const faultNow = (): BankFault | null => {
    for (const each of faults) each.in--
    const at = faults.findIndex((each) => each.in <= 0)
    if (at === -1) return null
    const [found] = faults.splice(at, 1)
    found?.met()
    return found?.fault ?? null
  }
  const answered = (request: IsoMessage): IsoMessage =>
    answerTo(request, decide({ truth, nowMs: timeline.now(), readPin, forced: null }, request))
  const pause = (ms: number) => new Promise<void>((resolve) => void timeline.after(ms, resolve))

  const carry = async (
    request: IsoMessage,
    deadlineMs: number,
    late: (late: LateAnswer) => void,
  ): Promise<BankAnswer> => {
    if (away) return { kind: 'away', why: 'not signed on' }
    const fault = faultNow()
    await pause(travelMs)
    switch (fault) {
      case null:
        return { kind: 'answered', message: answered(request) }
      case 'question lost':
        await pause(deadlineMs)
        return { kind: 'unknown', why: 'no answer in time' }
      case 'answer lost':
        answered(request)
        return { kind: 'unknown', why: 'line lost' }
      case 'answer late': {
        const message = answered(request)
        timeline.after(deadlineMs + lateMs, () => late({ message, mac: 'right' }))
        await pause(deadlineMs)
        return { kind: 'unknown', why: 'no answer in time' }
      }
      case 'doubled':
        answered(request)
        return { kind: 'answered', message: answered(request) }
      case 'wrong MAC':
        answered(request)
        return { kind: 'unknown', why: 'wrong MAC' }
      default:
        return never(fault)
    }
  }

  return {
    /** The line as one life of the front machine has it. */
    lineFor: (life: Life): BankLine => {
      const listeners: ((late: LateAnswer) => void)[] = []
      const states: Parameters<BankLine['onState']>[0][] = []
      const late = (found: LateAnswer): void =>
        life.hear(() => {
          for (const hear of listeners) hear(found)
        })
      const ask: BankLine['ask'] = (message, deadlineMs) =>
        life.act(() => carry(message, deadlineMs, late))
      back = () =>
        life.hear(() => {
          for (const hear of states) hear('signed on')
        })
      return {
        ask,
        onLate: (listener) => void listeners.push(listener),
        onState: (listener) => void states.push(listener),
        state: () => (away ? 'connecting' : 'signed on'),
        changeKey: () => Promise.resolve({ kind: 'away', why: 'not signed on' }),
        cutOver: () => Promise.resolve({ kind: 'away', why: 'not signed on' }),
        close: () => Promise.resolve(),
      }
    },
    meet: (fault: BankFault, inQuestions: number, met: () => void): void => {
      faults.push({ fault, in: inQuestions, met })
    },
    goAway: (): void => {
      away = true
    },
    mend: (): void => {
      faults.length = 0
      if (!away) return
      away = false
      back()
    },
    truth: (): BankTruth => truth,
    /** What all accounts hold less than at first: what the bank has charged and not given back. */
    charged: (): number => opening - balanceOf(truth),
  }
}

const balanceOf = ({ accounts }: BankTruth): number =>
  Object.values(accounts).reduce((sum, { balance }) => sum + balance, 0)
