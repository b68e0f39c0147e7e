// The bench in the edition of a bank: a front machine between kiosk and centre, a bank with accounts behind the power cards.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startBench, type Bench } from './bench.ts'

/** Everything is compiled and a whole town imported: a slow machine needs its time. */
const startLimitMs = 180_000

describe('a bench of a bank', () => {
  let folder = ''
  let bench: Bench
  const start = () => startBench({ dataFolder: folder, edition: 'bank', port: 0, pace: 'quick' })
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-bank-'))
    bench = await start()
  }, startLimitMs)
  afterAll(async () => {
    await bench.close()
    await rm(folder, { recursive: true })
  }, startLimitMs)

  const accountOf = (card: string) =>
    bench.panel().bank?.accounts.find((account) => account.card === card)

  it('has all three programs running, and an account behind most cards', () => {
    const { programs, bank } = bench.panel()
    expect(programs).toEqual({ kiosk: 'running', centre: 'running' })
    expect(bank).toMatchObject({ front: 'running', up: true })
    expect(accountOf('plain-sale')).toMatchObject({ balance: 8_640, pinTriesLeft: 3 })
    expect(accountOf('no-account-money')).toMatchObject({ balance: 0 })
    expect(accountOf('high-tariff')).toBeUndefined()
    const { story } = bench.panel().cards.find(({ id }) => id === 'plain-sale') ?? { story: '' }
    expect(story).toContain('bank account of 86.40')
  })

  it('takes the bank down and up', async () => {
    await bench.act({ type: 'bank.down', on: true })
    expect(bench.panel().bank?.up).toBe(false)
    await bench.act({ type: 'bank.down', on: false })
    expect(bench.panel().bank?.up).toBe(true)
  })

  it(
    'starts the front machine again when its power was cut',
    async () => {
      await bench.act({ type: 'front.kill' })
      expect(bench.panel().bank?.front).not.toBe('running')
      await vi.waitUntil(() => bench.panel().bank?.front === 'running', { timeout: 30_000 })
    },
    startLimitMs,
  )

  it(
    'goes on with the accounts as they were, and with no other edition in its folder',
    async () => {
      const books = bench.truth().bank
      await bench.close()
      await expect(startBench({ dataFolder: folder, port: 0 })).rejects.toThrow(
        'is the town of the edition "bank"',
      )
      bench = await start()
      expect(bench.truth().bank).toEqual(books)
    },
    startLimitMs,
  )
})
