// `npm run benchmark:front -- [--payments N] [--at-once K]`: payments a second through the front machine, its database on this
// disk and a bank that answers at once on a port of loopback in a process of its own; beside it the same transactions bare.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  CardSerial,
  InsertionId,
  KioskNumber,
  PaymentId,
  RequestId,
  SaleId,
  ulidOf,
} from '../../domain/identifiers.ts'
import { minor } from '../../domain/money.ts'
import { linkAccounts } from '../../front/accounts.ts'
import { openLine } from '../../front/bank-line/open-line.ts'
import { bankLine } from '../../front/bank-line/session.ts'
import { openFront, type Front } from '../../front/front.ts'
import type { Policy } from '../../front/means.ts'
import { serveBank } from '../../front/simulated-bank/server.ts'
import { simulatedBank } from '../../front/simulated-bank/simulated-bank.ts'
import { openStore, type Store } from '../../front/store.ts'

const exchangeKey = new Uint8Array(16).fill(0x42)
const account = 'acct-of-all'
const currency = 'CNY'
const terminals = Array.from({ length: 200 }, (_, at) =>
  KioskNumber.parse(String(at + 1).padStart(12, '0')),
)
const runs = 3

const clock = {
  now: () => Date.now(),
  after: (ms: number, call: () => void) => {
    const timer = setTimeout(call, ms)
    return () => clearTimeout(timer)
  },
}
const ulid = () => ulidOf(Date.now(), randomBytes(10))

const policy: Policy = {
  merchant: 'BENCH',
  currency,
  refusesLateOriginals: true,
  timeZone: 'UTC',
  cutOver: '00:00',
  terminal: 'FRONT',
  terminals: new Map(
    terminals.map((kiosk) => [kiosk, { kiosk, terminal: `T${kiosk.slice(-6)}`, channel: 'kiosk' }]),
  ),
}

/** The other process: says its port, and answers until it is ended. */
const beTheBank = async (): Promise<void> => {
  const bank = simulatedBank({ exchangeKey, clock })
  bank.account(account, { balance: minor(1_000_000_000_000), currency })
  const { port } = await serveBank(bank)
  process.send?.(port)
}

const pay = async (front: Front, kiosk: KioskNumber): Promise<void> => {
  const { status, text } = await front.handle('payment', {
    requestId: RequestId.parse(ulid()),
    kiosk,
    paymentId: PaymentId.parse(ulid()),
    saleId: SaleId.parse(ulid()),
    insertionId: InsertionId.parse(ulid()),
    serial: '0011223344556677',
    amount: 5_000,
    pin: { block: '00'.repeat(16), keySerial: '00'.repeat(10) },
  })
  if (status !== 200 || !text.includes('"approved"')) throw new Error(`${status}: ${text}`)
}

/** Seconds for so many calls, so many at once; each of them alone for its terminal. */
const timed = async (count: number, atOnce: number, call: (turn: number) => Promise<unknown>) => {
  let next = 0
  const from = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async (_, lane) => {
      while (next < count) {
        next++
        await call(lane)
      }
    }),
  )
  return (performance.now() - from) / 1000
}

/** The transactions of a payment with a row each and nothing else: intent, end, reply. */
const bare = async (store: Store): Promise<void> => {
  for (let part = 0; part < 3; part++) {
    await store.transact((work) =>
      work
        .insertInto('requests')
        .values({
          request: RequestId.parse(ulid()),
          kiosk: '000000000001' as KioskNumber,
          name: 'bare',
          hash: '',
          reply: '',
          at: Date.now(),
        })
        .execute(),
    )
  }
}

const measured = async (port: number, count: number, atOnce: number): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'wattpoint-front-'))
  const store = await openStore({ kind: 'file', path: join(folder, 'front.sqlite') })
  await linkAccounts(store, [{ serial: CardSerial.parse('0011223344556677'), account }])
  const line = bankLine({
    open: openLine({ host: '127.0.0.1', port }, clock),
    exchangeKey,
    terminal: policy.terminal,
    merchant: policy.merchant,
    clock,
    report: () => undefined,
  })
  const front = await openFront({
    store,
    line,
    clock,
    policy,
    alarm: () => undefined,
    centre: { url: 'http://127.0.0.1:9', fetch },
    filesFolder: folder,
  })
  while (line.state() !== 'signed on') await new Promise((resolve) => setTimeout(resolve, 10))
  const kioskOf = (lane: number): KioskNumber => terminals[lane] ?? ('000000000001' as KioskNumber)
  const rates: { payments: number; bare: number }[] = []
  await timed(atOnce, atOnce, (lane) => pay(front, kioskOf(lane)))
  for (let run = 0; run < runs; run++) {
    const paid = await timed(count, atOnce, (lane) => pay(front, kioskOf(lane)))
    const floor = await timed(count, atOnce, () => bare(store))
    rates.push({ payments: count / paid, bare: count / floor })
  }
  const shown = (of: (rate: (typeof rates)[number]) => number): string => {
    const [least = 0, median = 0, most = 0] = rates.map(of).sort((a, b) => a - b)
    return `${median.toFixed(0)} (${least.toFixed(0)} to ${most.toFixed(0)})`
  }
  console.log(`${count} payments, ${atOnce} at once, ${runs} runs; median (least to most)`)
  console.log(`payments a second             ${shown(({ payments }) => payments)}`)
  console.log(`three bare transactions each  ${shown(({ bare }) => bare)}`)
  console.log(
    `ratio                         ${(rates.map((it) => it.payments / it.bare).sort((a, b) => a - b)[1] ?? 0).toFixed(2)}`,
  )
  await line.close()
  await front.close()
  rmSync(folder, { recursive: true })
}

const main = async (): Promise<void> => {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ options: { payments: text, 'at-once': text } })
  const bank: ChildProcess = fork(import.meta.filename, [], { env: { ...process.env, BANK: '1' } })
  try {
    const [port] = (await once(bank, 'message')) as [number]
    await measured(port, Number(values.payments ?? 2_000), Number(values['at-once'] ?? 50))
  } finally {
    bank.kill()
  }
}

await (process.env['BANK'] === '1' ? beTheBank() : main())
