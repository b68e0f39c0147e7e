// The office's command as a program of its own, beside a centre that runs on the same database.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ReferenceNumber, signedClaim } from '../domain/claim.ts'
import { KioskNumber, type SaleId } from '../domain/identifiers.ts'
import { minor } from '../domain/money.ts'
import { referenceDigits, referenceOf } from '../domain/reference.ts'
import { centreKit, type CentreKit } from '../test/centre-kit.ts'
import { passingKioskKey } from '../test/claim-kit.ts'
import { isOnPostgresql } from '../test/postgres/placed.ts'

let folder: string
let config: string
let kit: CentreKit
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wattpoint-claims-main-'))
  kit = await centreKit({ place: { kind: 'file', path: join(folder, 'data', 'centre.sqlite') } })
  config = join(folder, 'centre.json')
  const { town } = kit
  const content = {
    dataFolder: 'data',
    listen: { host: '127.0.0.1', port: 0 },
    keys: { file: 'keys.json', bench: true },
    policy: town.policy,
    log: 'info',
  }
  writeFileSync(config, JSON.stringify(content))
  writeFileSync(join(folder, 'keys.json'), JSON.stringify(town.keyFile))
})
afterEach(async () => {
  expect(await kit.flaws()).toEqual([])
  await kit.close()
  rmSync(folder, { recursive: true, force: true })
})

const claims = (...args: string[]): Promise<{ code: number | null; said: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['centre/claims-main.ts', '--config', config, ...args])
    let said = ''
    const hear = (chunk: Buffer) => (said += chunk.toString())
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('close', (code) => resolve({ code, said }))
  })

const keptNotes = async (value: number): Promise<SaleId> => {
  const kiosk = kit.kiosk()
  const saleId = kit.ids.sale()
  await kiosk.ask('closing', { saleId, insertionId: null, notes: [kiosk.noteOf(value)] })
  return saleId
}
const byTwo = ['--by', 'A. Bell', '--and', 'C. Diaz']

describe('the claims command, beside a centre that runs,', () => {
  it('lists, shows, verifies and pays', async () => {
    const saleId = await keptNotes(5_000)
    const { number } = referenceOf(saleId)
    expect(await claims('list')).toMatchObject({ code: 0, said: expect.stringContaining(number) })
    expect((await claims('show', ...number.split(' '))).said).toContain('50.00 can be redeemed')
    const key = passingKioskKey()
    const kiosk = KioskNumber.parse(kit.kiosk().number)
    await kit.kiosk().ask('lookNonces', { count: 1, publicKey: key.publicKey })
    const text = signedClaim({ kiosk, saleId, amount: minor(5_000), at: kit.clock.now }, key.sign)
    expect(await claims('verify', text)).toMatchObject({
      code: 0,
      said: expect.stringContaining('Genuine'),
    })
    const paid = await claims('pay', number, '--in-cash', ...byTwo)
    expect(paid).toMatchObject({ code: 0, said: expect.stringContaining('Paid 50.00 in cash') })
    expect(await claims('pay', number, '--in-cash', ...byTwo)).toMatchObject({ code: 1 })
  })

  it('P2: two offices and a kiosk at the same time pay a claim once', async () => {
    const kiosk = kit.kiosk('000000000102')
    for (let round = 0; round < 2; round++) {
      const saleId = await keptNotes(5_000)
      const number = referenceDigits(saleId)
      const { insertionId } = await kiosk.insert(kit.cardOf('plain-sale'))
      const offices = [0, 1].map(() => claims('pay', number, '--in-cash', ...byTwo))
      // The kiosk asks at once, or in the middle of the others.
      if (round > 0) await Promise.race(offices)
      const reference = ReferenceNumber.parse(number)
      const reply = await kiosk.ask('claim', { insertionId, reference })
      const codes = (await Promise.all(offices)).map(({ code }) => code)
      const payments = codes.filter((code) => code === 0).length
      expect(payments + (reply.kind === 'redeemed' ? 1 : 0), JSON.stringify({ codes, reply })).toBe(
        1,
      )
    }
  })

  it('says of a number that nobody knows what to do', async () => {
    const { code, said } = await claims('show', '0000 0000 0000')
    expect(said).toContain('REFERENCE: is not known here')
    expect(said).toContain('verify TEXT')
    expect(code).toBe(1)
  })

  it.skipIf(isOnPostgresql())(
    'where no centre has run says so, and makes no empty books',
    async () => {
      const elsewhere = join(folder, 'elsewhere.json')
      const content: unknown = JSON.parse(readFileSync(config, 'utf8'))
      writeFileSync(elsewhere, JSON.stringify({ ...(content as object), dataFolder: 'nothing' }))
      config = elsewhere
      const { code, said } = await claims('list')
      expect(said).toContain('dataFolder: found no centre.sqlite')
      expect(code).toBe(1)
      expect(existsSync(join(folder, 'nothing'))).toBe(false)
    },
  )
})
