// The centre of a box: production code on a database of its own, and the line to it as a switch.
import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { passingReceiptKey } from '../centre/card-security/receipt-key.ts'
import { softwareCardSecurity } from '../centre/card-security/software.ts'
import { CentreConfig } from '../centre/config.ts'
import { openCentre } from '../centre/centre.ts'
import { importTown } from '../centre/importing/importing.ts'
import { openStore } from '../centre/store.ts'
import { centreMessages, type MessageName } from '../domain/centre-messages.ts'
import exampleConfig from '../provisioning/centre.config.example.json' with { type: 'json' }
import type { Clock } from '../kiosk/clock.ts'
import type { Town } from '../kiosk/bench/town/town.ts'

const isMessage = (name: string): name is MessageName => name in centreMessages
const names = Object.keys(centreMessages).filter(isMessage)

/** What the line does to the next requests of a name; each is used up by one. */
export type LineFault = 'answer lost' | 'request lost'

type Place = { folder: string; clock: Pick<Clock, 'now'>; town: Town }

export const centreInABox = async (of: Place) => {
  const { folder, clock, town } = of
  const databasePath = join(folder, 'centre.sqlite')
  await writeFile(databasePath, await booksOf(of))
  let store = await openStore({ kind: 'file', path: databasePath })
  const means = meansOf(town)
  let centre = openCentre({ store, now: clock.now, ...means })

  let away = false
  const faults = new Map<MessageName, LineFault[]>()
  const asked: MessageName[] = []

  const post = async (
    input: Parameters<typeof fetch>[0],
    init?: RequestInit,
  ): Promise<Response> => {
    const { pathname } = new URL(input instanceof Request ? input.url : input)
    const name = names.find((each) => centreMessages[each].path === pathname)
    if (name === undefined) return new Response('{}', { status: 404 })
    if (away) throw lineError('connect', 'ECONNREFUSED')
    const fault = faults.get(name)?.shift()
    if (fault === 'request lost') throw lineError('read', 'ECONNRESET')
    asked.push(name)
    const body: unknown = JSON.parse(typeof init?.body === 'string' ? init.body : '')
    const { status, text } = await centre.handle(name, body)
    if (fault === 'answer lost') throw lineError('read', 'ECONNRESET')
    return new Response(text, { status })
  }

  return {
    databasePath,
    fetch: post,
    /** What was asked, in order. */
    asked,
    goAway: () => {
      away = true
    },
    comeBack: () => {
      away = false
    },
    /** The next so many requests of this name meet this. */
    fail: (name: MessageName, fault: LineFault, times = 1) => {
      faults.set(name, [...(faults.get(name) ?? []), ...Array<LineFault>(times).fill(fault)])
    },
    /** The line works again. */
    mend: () => faults.clear(),
    /** Why the program would end and be started again by its supervision; null while it is well. */
    problem: () => centre.problem(),
    /** The program has ended, and is started again on the same database. */
    restart: async () => {
      await centre.close()
      store = await openStore({ kind: 'file', path: databasePath })
      centre = openCentre({ store, now: clock.now, ...means })
    },
    sweep: () => centre.sweep(),
    close: () => centre.close(),
  }
}

const meansOf = (town: Town) => ({
  policy: CentreConfig.parse(exampleConfig).policy,
  security: softwareCardSecurity({ keys: town.keyFile, receiptKey: passingReceiptKey() }),
  random: randomBytes,
})

/** What a centre has of a town before anybody buys: taken over once, and every box begins with a copy. */
const books = new WeakMap<Town, Promise<Uint8Array>>()
const booksOf = (of: Place): Promise<Uint8Array> => {
  const known = books.get(of.town) ?? takenOver(of)
  books.set(of.town, known)
  return known
}

const takenOver = async ({ folder, clock, town }: Place): Promise<Uint8Array> => {
  const path = join(folder, 'taken-over.sqlite')
  const store = await openStore({ kind: 'file', path })
  const now = clock.now()
  const imported = await importTown({ store, input: town.import, now, ...meansOf(town) })
  await store.close()
  if (imported.kind === 'problems') throw new Error(imported.problems.join('\n'))
  return readFile(path)
}

/** As `fetch` fails: the reason is in the cause. */
const lineError = (syscall: string, code: string): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { syscall, code }) })
