// The command that matches a business date as a program of its own, beside a centre that runs on the same database.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PaymentId, ulidOf } from '../../domain/identifiers.ts'
import { centreKit, townNow, type CentreKit } from '../../test/centre-kit.ts'

let folder: string
let config: string
let kit: CentreKit
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wattpoint-reconcile-'))
  kit = await centreKit({ place: { kind: 'file', path: join(folder, 'data', 'centre.sqlite') } })
  config = join(folder, 'centre.json')
  const content = {
    dataFolder: 'data',
    listen: { host: '127.0.0.1', port: 0 },
    keys: { file: 'keys.json', bench: true },
    policy: kit.town.policy,
    log: 'info',
  }
  writeFileSync(config, JSON.stringify(content))
})
afterEach(async () => {
  await kit.close()
  rmSync(folder, { recursive: true, force: true })
})

const reconcile = (...args: string[]): Promise<{ code: number | null; said: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['centre/reconciliation/main.ts', ...args])
    let said = ''
    const hear = (chunk: Buffer) => (said += chunk.toString())
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('close', (code) => resolve({ code, said }))
  })

const bankFile = (rows: string[], total: number): string => {
  const path = join(folder, 'bank_money_2026-11-23_1.csv')
  const span = '2026-11-22T16:00:00.000Z,2026-11-23T16:00:00.000Z'
  writeFileSync(path, [`bank,2026-11-23,${span},${rows.length},${total}`, ...rows, ''].join('\r\n'))
  return path
}
const day = ['--day', '2026-11-23']

describe('the command that matches a business date', () => {
  it('prints what does not fit, writes all rows, and says the same when it is run again', async () => {
    const kiosk = kit.kiosk()
    const paymentId = PaymentId.parse(ulidOf(townNow, new Uint8Array(10)))
    const payment = { ...kiosk.paymentOf(4_000), paymentId, end: 'kept' as const }
    const { terminalId, trace } = payment.evidence
    const saleId = kit.ids.sale()
    await kiosk.ask('closing', { saleId, insertionId: null, notes: [], payments: [payment] })
    const bank = bankFile(
      [
        `,R1,${terminalId},${trace},sale,4000,0,booked,,2026-11-23T08:45:00.000Z`,
        `,R2,${terminalId},999,sale,700,0,booked,,2026-11-23T08:46:00.000Z`,
      ],
      4_700,
    )
    const first = await reconcile('--config', config, ...day, '--bank', bank)
    expect(first).toMatchObject({ code: 0 })
    expect(first.said).toContain('matched   1       40.00')
    expect(first.said).toMatch(/long .*7\.00 booked .*a person decides/)
    const csv = join(folder, 'data', 'reconciliation', 'centre_match_2026-11-23.csv')
    const written = readFileSync(csv, 'utf8')
    expect(written).toContain(`money,matched,"in suspense, claimed by its slip",-,${terminalId}`)
    const again = await reconcile('--config', config, ...day, '--bank', bank)
    expect(again.code).toBe(0)
    expect(again.said).toContain('is not read again')
    expect(again.said).toContain(first.said)
    expect(readFileSync(csv, 'utf8')).toBe(written)
  })

  it('refuses a file of another date, one that is cut, and a line that is wrong', async () => {
    const bank = bankFile([], 0)
    const other = await reconcile('--config', config, '--day', '2026-11-24', '--bank', bank)
    expect(other).toMatchObject({ code: 1, said: expect.stringContaining('must be of bank') })
    writeFileSync(bank, 'bank,2026-11-23')
    const cut = await reconcile('--config', config, ...day, '--bank', bank)
    expect(cut).toMatchObject({ code: 1, said: expect.stringContaining('may be cut') })
    const wrong = await reconcile('--config', config, '--day', 'today')
    expect(wrong).toMatchObject({ code: 1, said: expect.stringContaining('must be a date') })
    const none = await reconcile('--config', config, ...day, '--bank', join(folder, 'nothing.csv'))
    expect(none).toMatchObject({ code: 1, said: expect.stringContaining('ENOENT') })
  })
})
