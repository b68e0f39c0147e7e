// The bank of a box in its edition: the production front machine, its line in memory, and the simulated bank's host behind it.
import { duplexPair, type Duplex } from 'node:stream'
import {
  decryptPin,
  testPinBaseKey,
  transactionKey,
} from '../drivers/bank-terminal/zvt/pin-block.ts'
import { KioskNumber } from '../domain/identifiers.ts'
import { fromHex } from '../domain/power-card/bytes.ts'
import { linkAccounts } from '../front/accounts.ts'
import { bankLine } from '../front/bank-line/session.ts'
import { allMessages, openFront } from '../front/front.ts'
import { newAccount } from '../front/simulated-bank/truth.ts'
import { simulatedBank } from '../front/simulated-bank/simulated-bank.ts'
import { openStore } from '../front/store.ts'
import { townPin } from '../kiosk/bench/town/bank-accounts.ts'
import type { sampleTown } from '../kiosk/bench/town/town.ts'
import { openMade } from './made-store.ts'
import type { ManualClock } from './manual-clock.ts'

export type BankInABox = Awaited<ReturnType<typeof bankInABox>>

const exchangeKey = fromHex('404142434445464748494a4b4c4d4e4f')
const merchant = 'WATTPOINT'
const isMessage = (name: string): name is keyof typeof allMessages => name in allMessages

export const bankInABox = async (of: {
  clock: ManualClock
  town: ReturnType<typeof sampleTown>
  /** How the centre is reached. */
  fetch: typeof fetch
  kiosk: string
  currency: string
}) => {
  const { clock, town, currency } = of
  const bank = simulatedBank({
    exchangeKey,
    clock,
    readPin: ({ block, keySerial, reference }) =>
      decryptPin(block, { reference, key: transactionKey(testPinBaseKey, keySerial) }),
  })
  for (const { account, balance, blocked } of town.bankAccounts) {
    bank.account(account, newAccount({ balance, blocked, pin: townPin, currency }))
  }
  const line = bankLine({
    open: () => Promise.resolve(cable(bank.attach)),
    exchangeKey,
    terminal: 'FRONT',
    merchant,
    clock,
    report: () => {},
  })
  const store = await openMade(openStore, { kind: 'memory' })
  await linkAccounts(
    store,
    town.bankAccounts.map(({ serial, account }) => ({ serial, account })),
  )
  const kiosk = KioskNumber.parse(of.kiosk)
  const front = await openFront({
    store,
    line,
    clock,
    policy: {
      merchant,
      currency,
      refusesLateOriginals: true,
      timeZone: 'UTC',
      cutOver: '23:00',
      terminal: 'FRONT',
      terminals: new Map([[kiosk, { kiosk, terminal: 'KIOSK-1', channel: 'kiosk' }]]),
    },
    alarm: () => {},
    centre: { url: 'http://centre.test', fetch: of.fetch },
    filesFolder: 'never written',
  })
  let away = false
  let deaf = false

  /** What the kiosk reaches as its centre. */
  const answer: typeof fetch = async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input)
    const name = Object.keys(allMessages)
      .filter(isMessage)
      .find((each) => allMessages[each].path === pathname)
    if (name === undefined) return new Response('{}', { status: 404 })
    if (away) throw failed('connect', 'ECONNREFUSED')
    const body: unknown = JSON.parse(typeof init?.body === 'string' ? init.body : '')
    const { status, text } = await front.handle(name, body)
    if (deaf) throw failed('read', 'ECONNRESET')
    return new Response(text, { status })
  }

  return {
    fetch: answer,
    /** The host: its books and its ways to misbehave. */
    host: bank,
    /** The front machine cannot be reached. */
    goAway: (is: boolean) => {
      away = is
    },
    /** What it answers does not arrive. */
    losesAnswers: (is: boolean) => {
      deaf = is
    },
    balanceOf: (card: string): number => {
      const account = town.bankAccounts.find((each) => each.card === card)?.account ?? ''
      return bank.truth().accounts[account]?.balance ?? Number.NaN
    },
    close: async () => {
      await line.close()
      await front.close()
    },
  }
}

/** As `fetch` fails: the reason is in the cause. */
const failed = (syscall: string, code: string): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { syscall, code }) })

/** As on TCP: either end that goes takes the other with it. */
const cable = (attach: (port: Duplex) => boolean): Duplex => {
  const [near, far] = duplexPair()
  near.on('close', () => far.destroy())
  far.on('close', () => near.destroy())
  if (!attach(far)) throw new Error('nobody answers')
  return near
}
