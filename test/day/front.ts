// The front machine of a bank's town: production code in one life after another, on a database that outlives it.
import { DatabaseSync } from 'node:sqlite'
import { KioskNumber } from '../../domain/identifiers.ts'
import { linkAccounts } from '../../front/accounts.ts'
import { allMessages, openFront, type Front } from '../../front/front.ts'
import type { Policy } from '../../front/means.ts'
import { openStore, type Store } from '../../front/store.ts'
import type { Town } from '../../kiosk/bench/town/town.ts'
import type { DayBank } from './bank.ts'
import type { DayCentre } from './centre.ts'
import type { Chance } from './chance.ts'
import { newLife, type CrashPoint, type Life } from './life.ts'
import { dayLine } from './line.ts'
import type { Timeline } from './timeline.ts'

const downMs = 4_000

export type DayFront = Awaited<ReturnType<typeof dayFront>>

export const dayFront = async (of: {
  timeline: Timeline
  chance: Chance
  town: Town
  bank: DayBank
  centre: DayCentre
  kiosks: readonly string[]
  day: Pick<Policy, 'timeZone' | 'cutOver'>
  currency: string
}) => {
  const { timeline, bank, centre } = of
  const chance = of.chance.fork()
  const database = new DatabaseSync(':memory:')
  const store = await openStore({ kind: 'memory', database })
  await linkAccounts(
    store,
    of.town.bankAccounts.map(({ serial, account }) => ({ serial, account })),
  )
  const policy: Policy = {
    merchant: 'DAY',
    currency: of.currency,
    refusesLateOriginals: true,
    ...of.day,
    terminal: 'FRONT',
    terminals: new Map(
      of.kiosks.map((number) => [
        KioskNumber.parse(number),
        { kiosk: KioskNumber.parse(number), terminal: `T${number.slice(-6)}`, channel: 'kiosk' },
      ]),
    ),
  }
  let life: Life | null = null
  let front: Front | null = null
  let downUntil = 0

  const begin = async (): Promise<void> => {
    const own = newLife({ timeline, chance, clockIsOff: () => 0 })
    life = own
    const opened = await openFront({
      store: storeOf(store, own),
      line: bank.lineFor(own),
      clock: own.clock,
      policy,
      alarm: () => undefined,
      centre: { url: 'http://centre.day', fetch: centre.fetchFor(own) },
      filesFolder: '',
    })
    if (own.alive()) front = opened
  }
  const end = (): void => {
    life?.end()
    front = null
    downUntil = timeline.monotonic() + downMs
    timeline.after(downMs, () => void begin())
  }
  const line = dayLine({
    timeline,
    messages: allMessages,
    handle: (name, body) => {
      if (front === null) return new Promise(() => undefined)
      return front.handle(name, body)
    },
    isDown: () => front === null || timeline.monotonic() < downUntil,
    stopWith: async (doing, when) => {
      if (when === 'after') await doing()
      end()
    },
  })
  await begin()

  return {
    database,
    fetchFor: line.fetchFor,
    meet: line.meet,
    /** The program ends after so many calls to its disk, to the bank or to the centre; `met` hears of it. */
    crashAfter: (point: CrashPoint, met: () => void): void =>
      life?.endAfter(point, () => {
        met()
        end()
      }),
    mend: (): void => line.mend(),
    /** Nothing waits in its queue. */
    atRest: (): boolean =>
      database.prepare("select count(*) as open from queue where state = 'open'").get()?.[
        'open'
      ] === 0,
    close: async (): Promise<void> => {
      life?.end()
      await store.close()
    },
  }
}

/** Every transaction is an act: the program may end before it or after it, never within. */
const storeOf = (store: Store, life: Life): Store => ({
  ...store,
  transact: (work) => life.act(() => store.transact(work)),
})
