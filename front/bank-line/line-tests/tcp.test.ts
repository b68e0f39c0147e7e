// The line over real sockets: plain, and under TLS with certificates on both sides.
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../../../kiosk/clock.ts'
import { minor } from '../../../domain/money.ts'
import { amountField, processingCode, transmissionTime } from '../../iso8583/values.ts'
import type { IsoMessage } from '../../iso8583/message.ts'
import { serveBank, type BankServer } from '../../simulated-bank/server.ts'
import { simulatedBank } from '../../simulated-bank/simulated-bank.ts'
import type { BankLine, LineState } from '../bank-line.ts'
import { openLine, type HostAddress } from '../open-line.ts'
import { bankLine } from '../session.ts'
import { account, exchangeKey, inAWord } from './bench.ts'

const clock = systemClock()
const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const bankAt = async (options: Parameters<typeof serveBank>[1] = {}) => {
  const bank = simulatedBank({ exchangeKey, clock, businessDate: '2026-11-23' })
  bank.account(account, { balance: minor(100_000) })
  const server: BankServer = await serveBank(bank, options)
  ends.push(server.close)
  return { bank, port: server.port }
}

const lineTo = (address: HostAddress): BankLine => {
  const line = bankLine({
    open: openLine(address, clock),
    exchangeKey,
    terminal: 'FRONT',
    merchant: 'WATTPOINT',
    clock,
  })
  ends.push(line.close)
  return line
}

const become = (line: BankLine, wanted: LineState): Promise<void> =>
  new Promise((resolve) => {
    if (line.state() === wanted) return resolve()
    return line.onState((state) => {
      if (state === wanted) resolve()
    })
  })

const sale = (stan: number): IsoMessage => ({
  mti: '0200',
  pendingAction: 0,
  fields: {
    2: account,
    3: processingCode.sale,
    4: amountField(minor(100)),
    7: transmissionTime(clock.now()),
    11: String(stan).padStart(6, '0'),
    15: '1123',
    41: 'KIOSK-1',
    42: 'WATTPOINT',
    49: 'ZAR',
  },
})

test('two hundred sales at once over one socket are all approved', async () => {
  const { bank, port } = await bankAt()
  const line = lineTo({ host: '127.0.0.1', port })
  await become(line, 'signed on')
  const asked = Array.from({ length: 200 }, (_, at) => line.ask(sale(at + 1), 30_000))
  const answers = await Promise.all(asked)
  expect(new Set(answers.map(inAWord))).toEqual(new Set(['00']))
  expect(bank.truth().accounts[account]?.balance).toBe(100_000 - 200 * 100)
})

test('a host that hangs up is signed on to again', async () => {
  const { bank, port } = await bankAt()
  const line = lineTo({ host: '127.0.0.1', port })
  await become(line, 'signed on')
  const down = become(line, 'down')
  bank.restart()
  await down
  await become(line, 'signed on')
  expect(inAWord(await line.ask(sale(1), 30_000))).toBe('00')
})

test('nobody at the port is no connection, and no error anybody has to catch', async () => {
  const server = createServer().listen({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  server.close()
  await once(server, 'close')
  const line = lineTo({ host: '127.0.0.1', port })
  await become(line, 'down')
  expect(await line.ask(sale(1), 30_000)).toEqual({ kind: 'away', why: 'not signed on' })
})

describe.skipIf(spawnSync('openssl', ['version']).status !== 0)('TLS', () => {
  let folder = ''
  let bankEnd = { cert: '', key: '' }
  let ourEnd = { cert: '', key: '' }
  let strange = { cert: '', key: '' }

  const certificate = async (name: string) => {
    const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)]
    const asked = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1'.split(' ')
    const named = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`]
    const made = spawnSync('openssl', [...asked, ...named, '-keyout', key, '-out', cert])
    if (made.status !== 0) throw new Error(String(made.stderr))
    return { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') }
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bank-line-'))
    ;[bankEnd, ourEnd, strange] = [
      await certificate('bank'),
      await certificate('front'),
      await certificate('stranger'),
    ]
  })
  afterAll(() => rm(folder, { recursive: true }))

  const tlsBank = () =>
    bankAt({ tls: { ...bankEnd, ca: ourEnd.cert, requestCert: true, rejectUnauthorized: true } })

  test('each side shows its certificate, and a sale goes through', async () => {
    const { port } = await tlsBank()
    const tls = { ...ourEnd, ca: bankEnd.cert, servername: 'bank' }
    const line = lineTo({ host: '127.0.0.1', port, tls })
    await become(line, 'signed on')
    expect(inAWord(await line.ask(sale(1), 30_000))).toBe('00')
  })

  test.each([
    ['a front machine with another certificate', () => ({ ...strange, ca: bankEnd.cert })],
    ['a front machine without one', () => ({ ca: bankEnd.cert })],
    ['a bank with another certificate', () => ({ ...ourEnd, ca: strange.cert })],
  ])('%s does not get as far as signing on', async (_, made) => {
    const { bank, port } = await tlsBank()
    const states: LineState[] = []
    const line = lineTo({ host: '127.0.0.1', port, tls: { ...made(), servername: 'bank' } })
    line.onState((state) => states.push(state))
    await become(line, 'down')
    expect(states).not.toContain('signed on')
    expect(bank.connections()).toBe(0)
  })
})
