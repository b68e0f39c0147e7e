// What the centre's database must hold after a power cut: every answer given is given again, word for word, and the books
// add up; what was asked and not answered is done once when it is asked again.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { openReceiptKey } from '../../centre/card-security/receipt-key.ts'
import { softwareCardSecurity } from '../../centre/card-security/software.ts'
import { flawsOfBooks } from '../../centre/flaws-of-books.ts'
import { openCentre, type Centre } from '../../centre/centre.ts'
import { openStore, type Store, type StorePlace } from '../../centre/store.ts'
import type { MessageName } from '../../domain/centre-messages.ts'
import { sampleTown } from '../../kiosk/bench/town/town.ts'
import { booksOfCentre, ordersAgainstNotes } from '../auditor-orders.ts'
import { seeded, townNow } from '../centre-kit.ts'
import { centreEvidence } from '../evidence.ts'
import type { ProvenStore, Verdict } from './proving.ts'

/** A request as a kiosk sent it. */
export type Asked = { name: MessageName; body: unknown }

/** The answer to the request of this number. */
export type Given = { number: number; status: number; text: string }

export const databaseIn = (folder: string): string => join(folder, 'centre', 'centre.sqlite')

export const centrePlace = (folder: string): StorePlace => ({
  kind: 'file',
  path: databaseIn(folder),
})

export const centreStore: ProvenStore = {
  name: 'centre',
  writer: join(import.meta.dirname, 'centre-writer.ts'),
  verify: (folder, notes) => verify(folder, notes.sent as Asked[], notes.acknowledged as Given[]),
}

const verify = async (folder: string, sent: Asked[], given: Given[]): Promise<Verdict> => {
  // Without an answer the town was perhaps not there yet: then the database must open, and no more.
  const began = existsSync(databaseIn(folder))
  const store = await openStore(centrePlace(folder))
  const centre = centreOn(store, folder)
  try {
    const flaws = [...(await integrity(store)), ...(await neverAsked(store, sent))]
    if (given.length === 0) return { lost: 0, flaws }
    if (!began) flaws.push('there is no database')
    flaws.push(...(await booksOf(store, folder)))
    const postings = await countOf(store, 'postings')
    const lost = await answeredOtherwise(centre, sent, given)
    if (lost > 0) flaws.push(`${lost} answers that were given are not given again`)
    if ((await countOf(store, 'postings')) !== postings) flaws.push('a request was done twice')
    flaws.push(...(await askedAgain(centre, store, { sent, given })))
    flaws.push(...(await booksOf(store, folder)))
    return { lost, flaws }
  } finally {
    await centre.close()
  }
}

const centreOn = (store: Store, folder: string): Centre => {
  const { keyFile: keys, policy } = sampleTown({ now: townNow })
  const chance = seeded(7)
  return openCentre({
    store,
    now: () => townNow,
    policy,
    security: softwareCardSecurity({ keys, receiptKey: openReceiptKey(folder) }),
    random: (count) => Uint8Array.from({ length: count }, () => chance(256)),
  })
}

const integrity = async ({ read }: Store): Promise<string[]> => {
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(read)
  return rows.map((row) => row.integrity_check).filter((said) => said !== 'ok')
}

const idOf = ({ body }: Asked): string => (body as { requestId: string }).requestId

/** Nothing is there that nobody asked for. */
const neverAsked = async ({ read }: Store, sent: readonly Asked[]): Promise<string[]> => {
  const ids = new Set(sent.map(idOf))
  const kept = await read.selectFrom('requests').select('request').execute()
  return kept
    .filter(({ request }) => !ids.has(request))
    .map(({ request }) => `request ${request} was never sent`)
}

const booksOf = async (store: Store, folder: string): Promise<string[]> => {
  const evidence = {
    journal: [],
    cashBox: [],
    cards: [],
    centre: centreEvidence(databaseIn(folder)),
  }
  return [
    ...(await flawsOfBooks(store.read)),
    ...booksOfCentre(evidence),
    ...ordersAgainstNotes(evidence),
  ]
}

const countOf = async ({ read }: Store, table: 'postings' | 'requests'): Promise<number> => {
  const row = await read
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

/** How many answers are not given again as they were: the kiosk asks again under the same id. */
const answeredOtherwise = async (
  centre: Centre,
  sent: readonly Asked[],
  given: readonly Given[],
): Promise<number> => {
  let otherwise = 0
  for (const { number, status, text } of given) {
    const asked = sent[number]
    if (asked === undefined) throw new Error(`answer ${number} has no request`)
    const again = await centre.handle(asked.name, asked.body)
    if (again.status !== status || again.text !== text) otherwise++
  }
  return otherwise
}

/** What a kiosk had asked when the power went it asks again: it is done now, or was done, and once in either case. */
const askedAgain = async (
  centre: Centre,
  store: Store,
  { sent, given }: { sent: readonly Asked[]; given: readonly Given[] },
): Promise<string[]> => {
  const answered = new Set(given.map(({ number }) => number))
  const open = new Map<string, Asked>()
  for (const [number, asked] of sent.entries()) {
    const { kiosk } = asked.body as { kiosk: string }
    if (!answered.has(number) && !open.has(kiosk)) open.set(kiosk, asked)
  }
  const flaws: string[] = []
  for (const { name, body } of open.values()) {
    const first = await centre.handle(name, body)
    const done = await countOf(store, 'requests')
    const second = await centre.handle(name, body)
    if (first.status !== 200)
      flaws.push(`${name} asked again is answered ${first.status}: ${first.text}`)
    if (second.text !== first.text || (await countOf(store, 'requests')) !== done) {
      flaws.push(`${name} is not done once`)
    }
  }
  return flaws
}
