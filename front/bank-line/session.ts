// The line to the bank's host for as long as the front machine lives: connects, signs on, echoes, and begins again.
import type { Duplex } from 'node:stream'
import { pendingAction, type IsoMessage } from '../iso8583/message.ts'
import { unwrapWorkingKey } from '../iso8583/working-key.ts'
import type { BankAnswer, BankLine, LateAnswer, LineState } from './bank-line.ts'
import { bankConnection, type Connection, type LineClock, type LineReport } from './connection.ts'
import { echoDelays, echoes } from './echoes.ts'
import { networkMessage, type FrontIdentity, type NetworkMessage } from './network-messages.ts'
import { workingKeys, type WorkingKeys } from './working-keys.ts'

export const lineDelays = {
  /** Before the line is opened again; doubled with each failure up to the second (money-safety.md 6). */
  reopenMs: 1_000,
  reopenMostMs: 60_000,
  signOnMs: 30_000,
  keyChangeMs: 30_000,
  cutOverMs: 30_000,
  signOffMs: 2_000,
}

export type BankLineOptions = FrontIdentity & {
  /** `openLine({ host, port, tls }, clock)`, or one end of a cable in memory. Called again after every loss. */
  open: () => Promise<Duplex>
  /** 16 bytes that both sides were given by hand; they protect nothing but working keys. */
  exchangeKey: Uint8Array
  clock: LineClock
  report?: (report: LineReport) => void
}

export const bankLine = (options: BankLineOptions): BankLine => {
  const lateListeners: ((late: LateAnswer) => void)[] = []
  const stateListeners: ((state: LineState) => void)[] = []
  const line: Line = {
    options,
    keys: workingKeys(),
    connection: null,
    state: 'connecting',
    signingOn: false,
    stopped: false,
    stan: 0,
    wake: () => {},
    report: options.report ?? (() => {}),
    tellLate: (late) => lateListeners.forEach((listener) => listener(late)),
    tellState: (state) => stateListeners.forEach((listener) => listener(state)),
  }
  const ran = keepConnected(line)
  return {
    ask: (message, deadlineMs) => askUnderKey(line, message, deadlineMs),
    onLate: (listener) => void lateListeners.push(listener),
    onState: (listener) => void stateListeners.push(listener),
    state: () => line.state,
    changeKey: () => changeKey(line),
    cutOver: (businessDate) => cutOver(line, businessDate),
    close: async () => {
      const signOff = ownMessage(line, { code: 'signOff' })
      await askUnderKey(line, signOff, lineDelays.signOffMs)
      line.stopped = true
      line.wake()
      line.connection?.close()
      await ran
    },
  }
}

type Line = {
  options: BankLineOptions
  keys: WorkingKeys
  connection: Connection | null
  state: LineState
  signingOn: boolean
  stopped: boolean
  stan: number
  /** Ends the present pause. */
  wake: () => void
  report: (report: LineReport) => void
  tellLate: (late: LateAnswer) => void
  tellState: (state: LineState) => void
}

const become = (line: Line, state: LineState): void => {
  if (line.state === state) return
  line.state = state
  line.tellState(state)
}

/** Opens the line and stays on it, for ever; after each end waits and begins again. */
const keepConnected = async (line: Line): Promise<void> => {
  let reopenMs = lineDelays.reopenMs
  while (!line.stopped) {
    become(line, 'connecting')
    const port = await line.options.open().catch(() => null)
    if (line.stopped) port?.destroy()
    else if (port === null) line.report({ kind: 'not connected' })
    else if (await stayOn(line, port)) reopenMs = lineDelays.reopenMs
    become(line, 'down')
    if (line.stopped) return
    await pause(line, reopenMs)
    reopenMs = Math.min(2 * reopenMs, lineDelays.reopenMostMs)
  }
}

/** One connection from its beginning to its end; whether it was ever signed on. */
const stayOn = async (line: Line, port: Duplex): Promise<boolean> => {
  const connection = bankConnection(port, {
    clock: line.options.clock,
    lateKeys: line.keys.all,
    late: line.tellLate,
    report: line.report,
  })
  line.connection = connection
  const signedOn = await signOn(line, connection)
  const stopEchoes = signedOn
    ? echoes(line.options.clock, () => echo(line), connection.close)
    : () => {}
  await connection.ended
  stopEchoes()
  line.connection = null
  return signedOn
}

/** Brings a working key, or ends the connection. */
const signOn = async (line: Line, connection: Connection): Promise<boolean> => {
  if (line.signingOn) return false
  line.signingOn = true
  become(line, 'connecting')
  const bringsKey = (answer: IsoMessage) =>
    unwrapWorkingKey(line.options.exchangeKey, answer.fields[62])
  // It goes without a MAC; the answer has one made with the key it brings, over our own STAN and time.
  const answer = await connection.ask({
    message: ownMessage(line, { code: 'signOn' }),
    key: null,
    keyOfAnswer: bringsKey,
    deadlineMs: lineDelays.signOnMs,
  })
  line.signingOn = false
  const key = answer.kind === 'answered' ? bringsKey(answer.message) : null
  if (answer.kind !== 'answered' || key === null || answer.message.fields[39] !== '00') {
    const code = answer.kind === 'answered' ? (answer.message.fields[39] ?? null) : null
    line.report({ kind: 'sign-on refused', code })
    connection.close()
    return false
  }
  line.keys.use(key)
  become(line, 'signed on')
  return true
}

/** A new day has a new key; a day that does not get one goes on under the old one, until somebody asks again. */
const cutOver = async (line: Line, businessDate: string): Promise<BankAnswer> => {
  const message = ownMessage(line, { code: 'cutOver', businessDate })
  const answer = await askUnderKey(line, message, lineDelays.cutOverMs)
  if (answer.kind === 'answered' && answer.message.fields[39] === '00') await changeKey(line)
  return answer
}

const changeKey = async (line: Line): Promise<BankAnswer> => {
  const message = ownMessage(line, { code: 'keyChange' })
  const answer = await askUnderKey(line, message, lineDelays.keyChangeMs)
  if (answer.kind !== 'answered' || answer.message.fields[39] !== '00') return answer
  const key = unwrapWorkingKey(line.options.exchangeKey, answer.message.fields[62])
  if (key !== null) line.keys.use(key)
  return answer
}

/** Sealed with the key in use; an answer is good under that key only, also when the key has changed since. */
const askUnderKey = async (
  line: Line,
  message: IsoMessage,
  deadlineMs: number,
): Promise<BankAnswer> => {
  const { connection, state } = line
  const key = line.keys.current()
  if (connection === null || state !== 'signed on' || key === null) {
    return { kind: 'away', why: 'not signed on' }
  }
  const answer = await connection.ask({ message, key, keyOfAnswer: () => key, deadlineMs })
  if (keysMayDiffer(answer) && line.connection === connection) void signOn(line, connection)
  return answer
}

/** The host asks for it, or does not seal as we do any more. */
const keysMayDiffer = (answer: BankAnswer): boolean =>
  (answer.kind === 'unknown' && answer.why === 'wrong MAC') ||
  (answer.kind === 'answered' && answer.message.pendingAction === pendingAction.signOnAgain)

const echo = (line: Line): Promise<BankAnswer> =>
  askUnderKey(line, ownMessage(line, { code: 'echo' }), echoDelays.answerMs)

const ownMessage = (line: Line, asked: NetworkMessage): IsoMessage => {
  line.stan = (line.stan % 999_999) + 1
  return networkMessage(asked, line.options, {
    stan: line.stan,
    nowMs: line.options.clock.now(),
  })
}

const pause = (line: Line, delayMs: number): Promise<void> =>
  new Promise((resolve) => {
    const takeBack = line.options.clock.after(delayMs, resolve)
    line.wake = () => {
      takeBack()
      resolve()
    }
  })
