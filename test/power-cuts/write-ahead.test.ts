// The centre's database with its write-ahead file cut behind every page, as a power cut leaves it: runs anywhere.
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openReceiptKey } from '../../centre/card-security/receipt-key.ts'
import { openStore } from '../../centre/store.ts'
import { centreKit, seeded } from '../centre-kit.ts'
import { centreStore, databaseIn, type Asked, type Given } from './centre-verifier.ts'

/** SQLite's file format, 4: a header, then frames of a header and a page. */
const walHeaderBytes = 32
const frameBytes = 24 + 4096

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wattpoint-write-ahead-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const walOf = (at: string) => `${databaseIn(at)}-wal`

/** The disk of another machine: all of it, with so much of the write-ahead file as was written when the power went. */
const cutCopy = (at: string, walBytes: number): string => {
  const copy = join(folder, 'cut')
  rmSync(copy, { recursive: true, force: true })
  mkdirSync(dirname(databaseIn(copy)), { recursive: true })
  copyFileSync(databaseIn(at), databaseIn(copy))
  writeFileSync(walOf(copy), readFileSync(walOf(at)).subarray(0, walBytes))
  return copy
}

/** SQLite's file format, 4.1: the frame of a commit says how large the database is after it, every other one says 0. */
const endsTransaction = (wal: Buffer, page: number): boolean =>
  page > 0 && wal.readUInt32BE(walHeaderBytes + (page - 1) * frameBytes + 4) !== 0

it('P1: a centre whose power goes while its tables are made or changed opens again', async () => {
  const whole = join(folder, 'whole')
  const store = await openStore({ kind: 'file', path: databaseIn(whole) })
  try {
    const { size } = statSync(walOf(whole))
    const pages = Math.floor((size - walHeaderBytes) / frameBytes)
    expect(pages).toBeGreaterThan(50)
    // Every page that ends a transaction, and some forty of those between, where a cut leaves what the last one left.
    const chance = seeded(5)
    const wal = readFileSync(walOf(whole))
    const cuts = Array.from({ length: pages + 1 }, (_, page) => page).filter(
      (page) => page < 2 || endsTransaction(wal, page) || chance(pages) < 40,
    )
    expect(cuts.length).toBeGreaterThan(20)
    for (const page of cuts) {
      const cut = cutCopy(whole, walHeaderBytes + page * frameBytes)
      const again = await openStore({ kind: 'file', path: databaseIn(cut) })
      expect((await again.read.selectFrom('starts').selectAll().execute()).length).toBeGreaterThan(
        0,
      )
      await again.close()
    }
  } finally {
    await store.close()
  }
}, 60_000)

it('P1 P5: what the centre has answered is answered again after a cut behind any page it wrote', async () => {
  const whole = join(folder, 'whole')
  const asked: Asked[] = []
  const given: (Given & { walBytes: number })[] = []
  const kit = await centreKit({
    place: { kind: 'file', path: databaseIn(whole) },
    receiptKey: openReceiptKey(whole),
    line: (handle) => async (name, body) => {
      const number = asked.push({ name, body }) - 1
      const { status, text } = await handle(name, body)
      given.push({ number, status, text, walBytes: statSync(walOf(whole)).size })
      return { status, text }
    },
  })
  try {
    const kiosk = kit.kiosk()
    await kiosk.sell(kit.cardOf('plain-sale'), { tender: 2000, notes: [2000, 1000] })
    await kiosk.sell(kit.cardOf('rich-account'), { tender: 5000 })
    const chance = seeded(3)
    const first = given[0]?.walBytes ?? 0
    const pages = Math.floor((statSync(walOf(whole)).size - first) / frameBytes)
    expect(pages).toBeGreaterThan(20)
    for (let page = 0; page <= pages; page += 1 + chance(6)) {
      const walBytes = first + page * frameBytes
      const cut = cutCopy(whole, walBytes)
      copyFileSync(join(whole, 'receipt-key.pem'), join(cut, 'receipt-key.pem'))
      const acknowledged = given.filter((each) => each.walBytes <= walBytes)
      const verdict = await centreStore.verify(cut, { sent: asked, acknowledged })
      expect(verdict, `cut after ${page} pages`).toEqual({ lost: 0, flaws: [] })
    }
  } finally {
    await kit.close()
  }
}, 60_000)
