// The bank of the bank edition: a simulated host on a port of loopback, with the accounts that are behind the power cards.
import { z } from 'zod'
import { fromHex } from '../../domain/power-card/bytes.ts'
import { minor } from '../../domain/money.ts'
import { Money } from '../../domain/schema.ts'
import {
  decryptPin,
  testPinBaseKey,
  transactionKey,
} from '../../drivers/bank-terminal/zvt/pin-block.ts'
import { businessDateAt } from '../../front/business-day.ts'
import type { ReadPin } from '../../front/simulated-bank/pin.ts'
import type { Decision } from '../../front/simulated-bank/request.ts'
import { serveBank } from '../../front/simulated-bank/server.ts'
import { simulatedBank } from '../../front/simulated-bank/simulated-bank.ts'
import { newAccount, newBank, type BankTruth } from '../../front/simulated-bank/truth.ts'
import type { BankPanel } from '../../ui/bench/panel.ts'
import { done, type ActDone } from './act.ts'
import { CannotStart } from './cannot-start.ts'
import { bankDay, currency, exchangeKey } from './configs.ts'
import { kept } from './kept.ts'
import { townPin, type TownAccount } from './town/bank-accounts.ts'

const day = z.record(z.string(), Money)
const moved = {
  amount: Money,
  orderNumber: z.string(),
  terminal: z.string(),
  merchant: z.string(),
  stan: z.string(),
  businessDate: z.string(),
  reference: z.string(),
  atMs: z.int(),
}
const Truth: z.ZodType<BankTruth> = z.object({
  businessDate: z.string(),
  opened: z.record(z.string(), z.int()),
  accounts: z.record(
    z.string(),
    z.object({
      // It may fall below 0 (simulated-bank/truth.ts).
      balance: z.int().transform((value) => minor(value)),
      currency: z.string(),
      perTransaction: Money.nullable(),
      perDay: Money.nullable(),
      spent: day,
      blocked: z.boolean(),
      pin: z.string().nullable(),
      pinTriesLeft: z.int(),
    }),
  ),
  transactions: z.record(
    z.string(),
    z.object({
      ...moved,
      kind: z.enum(['sale', 'top-up', 'return']),
      state: z.enum(['booked', 'reversed', 'refused']),
      account: z.string(),
      time: z.string(),
      content: z.string(),
      decided: z.custom<Decision>((value) => typeof value === 'object'),
    }),
  ),
  reversals: z.record(
    z.string(),
    z.object({ ...moved, original: z.string(), code: z.enum(['00', '25']) }),
  ),
  deliveries: z.record(z.string(), z.enum(['loaded', 'not loaded'])),
  lastReference: z.int(),
})

/** Writes the books of a new bank, with an account for everybody who has one. */
export const openBank = (file: string, accounts: readonly TownAccount[], nowMs: number): void => {
  const truth = newBank({ businessDate: businessDateAt(nowMs, bankDay), nowMs })
  for (const { account, balance, blocked } of accounts) {
    truth.accounts[account] = newAccount({
      balance,
      blocked,
      pin: townPin,
      currency: currency.code,
    })
  }
  kept(file, Truth).write(truth)
}

/** The keys of terminal and bank are those of the simulators. */
const readPin: ReadPin = ({ block, keySerial, reference }) =>
  decryptPin(block, { reference, key: transactionKey(testPinBaseKey, keySerial) })

export type BenchBank = Awaited<ReturnType<typeof benchBank>>

export const benchBank = async (options: {
  file: string
  /** Which account is behind which card of the rack. */
  linked: readonly { card: string; account: string }[]
  onChange: () => void
}) => {
  const file = kept(options.file, Truth)
  const books = file.read()
  if (books === null)
    throw new CannotStart('The books of the bank are lost. Start over with --fresh.')
  const bank = simulatedBank({
    truth: books,
    exchangeKey: fromHex(exchangeKey),
    clock: {
      now: () => Date.now(),
      after: (ms, call) => {
        const timer = setTimeout(call, ms)
        return () => clearTimeout(timer)
      },
    },
    readPin,
    onChange: (truth) => {
      file.write(truth)
      options.onChange()
    },
  })
  const server = await serveBank(bank)
  let isUp = true
  return {
    port: server.port,
    setUp: (up: boolean): ActDone => {
      isUp = up
      if (up) bank.comeUp()
      else bank.goDown()
      options.onChange()
      return done
    },
    panel: (): Omit<BankPanel, 'front'> => {
      const { accounts } = bank.truth()
      return {
        up: isUp,
        accounts: options.linked.flatMap(({ card, account }) => {
          const of = accounts[account]
          return of === undefined
            ? []
            : [{ card, balance: of.balance, pin: of.pin, pinTriesLeft: of.pinTriesLeft }]
        }),
      }
    },
    truth: bank.truth,
    close: server.close,
  }
}
