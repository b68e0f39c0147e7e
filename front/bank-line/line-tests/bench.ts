// A line to a simulated bank over a cable in memory, with time that only moves when a test says so.
import { duplexPair, type Duplex } from 'node:stream'
import { manualClock } from '../../../test/manual-clock.ts'
import { minor } from '../../../domain/money.ts'
import { fromHex } from '../../../domain/power-card/bytes.ts'
import type { IsoFields } from '../../iso8583/fields.ts'
import { pendingAction, type IsoMessage, type Mti } from '../../iso8583/message.ts'
import {
  amountField,
  originalField,
  processingCode,
  transmissionTime,
} from '../../iso8583/values.ts'
import { simulatedBank, type SimulatedBankOptions } from '../../simulated-bank/simulated-bank.ts'
import type { BankAnswer, LateAnswer, LineState } from '../bank-line.ts'
import type { LineReport } from '../connection.ts'
import { bankLine } from '../session.ts'

export const exchangeKey = fromHex('404142434445464748494a4b4c4d4e4f')
export const account = 'TOKEN-1'

/** Longer than every deadline of a test; whatever does not end within it never does. */
const patienceMs = 600_000

export type Bench = ReturnType<typeof bench>

export const bench = ({
  bank: bankOptions = {},
  lineKey = exchangeKey,
}: { bank?: Partial<SimulatedBankOptions>; lineKey?: Uint8Array } = {}) => {
  const clock = manualClock()
  const heard: IsoMessage[] = []
  const late: LateAnswer[] = []
  const states: LineState[] = []
  const reports: LineReport[] = []
  const opens: number[] = []
  let ours: Duplex | null = null
  let theirs: Duplex | null = null
  const bank = simulatedBank({
    exchangeKey,
    clock,
    heard: (request) => heard.push(request),
    ...bankOptions,
  })
  if (bankOptions.truth === undefined) bank.account(account, { balance: minor(100_000) })
  const open = (): Promise<Duplex> => {
    opens.push(clock.monotonic())
    const [near, far] = duplexPair()
    // As on TCP, either end that goes takes the other with it.
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
    if (!bank.attach(far)) return Promise.reject(new Error('nobody answers'))
    ours = near
    theirs = far
    return Promise.resolve(near)
  }
  const line = bankLine({
    open,
    exchangeKey: lineKey,
    terminal: 'FRONT',
    merchant: 'WATTPOINT',
    clock,
    report: (report) => reports.push(report),
  })
  line.onLate((answer) => late.push(answer))
  line.onState((state) => states.push(state))

  const untilSo = async (so: () => boolean, what = 'what was awaited') => {
    const limit = clock.monotonic() + patienceMs
    await clock.advance(0)
    while (!so()) {
      if (clock.monotonic() > limit) throw new Error(`waited in vain for ${what}`)
      await clock.advanceToNext()
    }
  }
  const ended = async <Value>(promise: Promise<Value>): Promise<Value> => {
    const over = { so: false }
    const mark = async () => {
      await promise
      over.so = true
    }
    void mark()
    await untilSo(() => over.so, 'an answer')
    return promise
  }

  return {
    clock,
    bank,
    line,
    /** Every request the bank has read. */
    heard,
    late,
    states,
    reports,
    /** When the line was opened, or tried to. */
    opens,
    untilSo,
    /** Moves the clock until the promise has settled. */
    ended,
    signedOn: () => untilSo(() => line.state() === 'signed on', 'the sign-on'),
    ask: (message: IsoMessage, deadlineMs = 30_000) => ended(line.ask(message, deadlineMs)),
    balance: () => bank.truth().accounts[account]?.balance,
    /** Bytes on the line that neither side has written. */
    disturb: (bytes: Uint8Array) => theirs?.write(bytes),
    /** Bytes that did not come from the line's own sender. */
    sendRaw: (bytes: Uint8Array) => ours?.write(bytes),
    pullPlug: () => ours?.destroy(),
    /** Types of the requests the bank has read, with the code of a network message. */
    heardTypes: () => heard.map(({ mti, fields }) => [mti, fields[70]].filter(Boolean).join(' ')),
    sale: (stan: number, changes: IsoFields = {}) =>
      request('0200', stan, clock.now(), {
        3: processingCode.sale,
        4: amountField(minor(20_000)),
        49: 'ZAR',
        62: '2611230000000042',
        ...changes,
      }),
    request: (mti: Mti, stan: number, fields: IsoFields = {}) =>
      request(mti, stan, clock.now(), fields),
    /** The reversal of a message, with a STAN of its own. */
    reversalOf: (original: IsoMessage, stan: number, mti: Mti = '0420') =>
      request(mti, stan, clock.now(), {
        4: original.fields[4] ?? amountField(minor(0)),
        15: original.fields[15] ?? '1123',
        41: original.fields[41] ?? '',
        42: original.fields[42] ?? '',
        90: originalField(original),
      }),
    close: async () => {
      await ended(line.close())
    },
  }
}

const request = (mti: Mti, stan: number, nowMs: number, fields: IsoFields): IsoMessage => ({
  mti,
  pendingAction: pendingAction.none,
  fields: {
    2: account,
    7: transmissionTime(nowMs),
    11: String(stan).padStart(6, '0'),
    15: '1123',
    41: 'KIOSK-1',
    42: 'WATTPOINT',
    ...fields,
  },
})

/** An answer in a word: its code, or why there is none. */
export const inAWord = (answer: BankAnswer): string =>
  answer.kind === 'answered' ? (answer.message.fields[39] ?? 'no code') : answer.why
