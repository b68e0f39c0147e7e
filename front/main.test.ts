// The front machine as a program, over real sockets: a bank on one side, a centre on the other, and a terminal that pays.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { frontMessages } from '../domain/front-messages.ts'
import { minor } from '../domain/money.ts'
import { systemClock } from '../kiosk/clock.ts'
import { pin } from '../test/front-kit.ts'
import { testIds } from '../test/test-ids.ts'
import { exchangeKey } from './bank-line/line-tests/bench.ts'
import { losesAnswers } from './simulated-bank/behaviours.ts'
import { serveBank, type BankServer } from './simulated-bank/server.ts'
import { simulatedBank, type SimulatedBank } from './simulated-bank/simulated-bank.ts'

const kiosk = '000000000101'
const serial = '57414c5400000001'
const ids = testIds()

let folder: string
let bank: SimulatedBank
let bankServer: BankServer
let running: ChildProcess | null = null
const centre = createServer((request, response) => {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ asked: request.url }))
})

const write = (name: string, content: string): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wattpoint-front-main-'))
  bank = simulatedBank({ exchangeKey, clock: systemClock() })
  bank.account('TOKEN-1', { balance: minor(100_000) })
  bankServer = await serveBank(bank)
  centre.listen(0, '127.0.0.1')
  await once(centre, 'listening')
  write('accounts.csv', `serial,account\n${serial},TOKEN-1\n`)
  write('exchange.key', `${Buffer.from(exchangeKey).toString('hex')}\n`)
  configure({})
})
afterEach(async () => {
  running?.kill('SIGKILL')
  running = null
  await bankServer.close()
  centre.close()
  rmSync(folder, { recursive: true, force: true })
})

const configure = (changes: object): string =>
  write(
    'front.json',
    JSON.stringify({
      dataFolder: 'data',
      listen: { host: '127.0.0.1', port: 0 },
      centre: { url: `http://127.0.0.1:${(centre.address() as AddressInfo).port}` },
      bank: {
        host: '127.0.0.1',
        port: bankServer.port,
        tls: null,
        exchangeKey: 'exchange.key',
        terminal: 'FRONT',
        merchant: 'WATTPOINT',
        currency: 'ZAR',
        refusesLateOriginals: true,
      },
      terminals: [{ kiosk, terminal: 'KIOSK-1', channel: 'kiosk' }],
      accounts: 'accounts.csv',
      businessDay: { timeZone: 'UTC', cutOver: '00:00' },
      filesFolder: 'files',
      log: 'info',
      ...changes,
    }),
  )

/** Starts it, waits until the bank has it, and gives its address. */
const started = async () => {
  const child = spawn(process.execPath, ['front/main.ts', '--config', join(folder, 'front.json')])
  running = child
  let said = ''
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString()
      const address = /front machine answers at (\S+)/.exec(said)?.[1]
      if (address !== undefined && said.includes('"state":"signed on"')) resolve(address)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', () => reject(new Error(said)))
  })
  return { child, url, said: () => said }
}

const post = async (url: string, path: string, asked: object) => {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ requestId: ids.request(), kiosk, ...asked }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const newPayment = () => ({
  paymentId: ids.payment(),
  saleId: ids.sale(),
  insertionId: ids.insertion(),
  serial,
  amount: 2_500,
  pin,
})
const { payment, paymentReversal, paymentState } = frontMessages
const balance = () => bank.truth().accounts['TOKEN-1']?.balance

describe('the program', () => {
  it('pays and reverses at the bank, passes on to the centre, says how it stands, and ends cleanly', async () => {
    const { child, url, said } = await started()
    const paying = newPayment()
    const { paymentId } = paying
    const paid = await post(url, payment.path, paying)
    expect(paid).toMatchObject({ status: 200, body: { kind: 'approved' } })
    expect(balance()).toBe(97_500)
    expect(await post(url, paymentReversal.path, { paymentId })).toMatchObject({
      body: { kind: 'reversed' },
    })
    expect(balance()).toBe(100_000)
    expect(await post(url, '/v1/look-nonces', { count: 1 })).toEqual({
      status: 200,
      body: { asked: '/v1/look-nonces' },
    })
    const health = await fetch(`${url}/health`)
    expect(await health.json()).toEqual({
      problem: null,
      bank: 'signed on',
      reversals: 0,
      advices: 0,
      manualList: [],
    })
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(said()).not.toContain('TOKEN-1')
    expect(said()).not.toContain(pin.block)
  })

  it('P1: killed while the bank is being asked, reverses it when it is started again', async () => {
    bank.behave(losesAnswers({ to: '0200' }))
    const first = await started()
    const paying = newPayment()
    const asked = post(first.url, payment.path, paying).catch(() => 'no answer')
    await until(() => balance() === 97_500)
    first.child.kill('SIGKILL')
    expect(await asked).toBe('no answer')
    const second = await started()
    await until(() => balance() === 100_000)
    const { paymentId } = paying
    const settled = async () => {
      const { body } = await post(second.url, paymentState.path, { paymentId })
      return body['kind'] === 'reversed'
    }
    while (!(await settled()));
    const database = new DatabaseSync(join(folder, 'data', 'front.sqlite'), { readOnly: true })
    expect(database.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' })
    database.close()
  })

  it('says why it does not start: a card number among the accounts, a key that is none, a day without a file', () => {
    const run = (...more: string[]) =>
      spawnSync(
        process.execPath,
        ['front/main.ts', '--config', join(folder, 'front.json'), ...more],
        { encoding: 'utf8' },
      )
    write('accounts.csv', `serial,account\n${serial},4111111111111111\n`)
    const withCard = run()
    expect([withCard.status, withCard.stderr]).toEqual([
      1,
      expect.stringContaining('looks like the number of a card'),
    ])
    write('accounts.csv', `serial,account\n${serial},TOKEN-1\n`)
    write('exchange.key', 'secret')
    const withoutKey = run()
    expect([withoutKey.status, withoutKey.stderr]).toEqual([
      1,
      expect.stringContaining('bank.exchangeKey: must name a file of 32 hex digits'),
    ])
    const withoutFile = run('--day-file', '2026-11-23')
    expect([withoutFile.status, withoutFile.stderr]).toEqual([
      1,
      '--day-file: 2026-11-23 has not been closed\n',
    ])
  })
})

/** What another process does is waited for as long as the test may take. */
const until = async (so: () => boolean): Promise<void> => {
  while (!so()) await new Promise((resolve) => void setImmediate(resolve))
}
