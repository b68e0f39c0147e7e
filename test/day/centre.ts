// The centre of a day and the line to it: production code on SQLite in memory, and everything that happens to a message.
import type { DatabaseSync } from 'node:sqlite'
import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import type { ReceiptKey } from '../../centre/card-security/receipt-key.ts'
import { softwareCardSecurity } from '../../centre/card-security/software.ts'
import { openCentre, type Centre } from '../../centre/centre.ts'
import { importTown } from '../../centre/importing/importing.ts'
import { openStore, type Store } from '../../centre/store.ts'
import { centreMessages } from '../../domain/centre-messages.ts'
import type { Town } from '../../kiosk/bench/town/town.ts'
import type { Chance } from './chance.ts'
import { dayLine } from './line.ts'
import type { Timeline } from './timeline.ts'

const centreDownMs = 4_000

export type DayCentre = Awaited<ReturnType<typeof dayCentre>>

export const dayCentre = async (of: {
  timeline: Timeline
  chance: Chance
  town: Town
  /** In memory; the auditor looks into it. */
  database: DatabaseSync
}) => {
  const { timeline, chance, town, database } = of
  const means = {
    policy: town.policy,
    security: softwareCardSecurity({ keys: town.keyFile, receiptKey: receiptKeyOf(chance) }),
    random: chance.bytes,
  }
  const store: Store = await openStore({ kind: 'memory', database })
  const imported = await importTown({ store, input: town.import, now: timeline.now(), ...means })
  if (imported.kind === 'problems') throw new Error(imported.problems.join('\n'))
  /** A transaction in which the program ends is rolled back, as SQLite does at the next start. */
  let endsInWork = false
  const fragile: Store = {
    ...store,
    transact: (work) =>
      store.transact(async (inWork) => {
        const result = await work(inWork)
        if (endsInWork) throw new ProgramEnded()
        return result
      }),
  }
  const open = (): Centre => openCentre({ store: fragile, now: timeline.now, ...means })
  let centre = open()
  let downUntil = 0
  let away = false
  const isDown = (): boolean => away || timeline.monotonic() < downUntil
  const restart = (): void => {
    downUntil = timeline.monotonic() + centreDownMs
    centre = open()
  }
  const line = dayLine({
    timeline,
    messages: centreMessages,
    handle: (name, body) => centre.handle(name, body),
    isDown,
    stopWith: async (doing, when) => {
      endsInWork = when === 'before'
      if (endsInWork) await doing().catch(() => undefined)
      else await doing()
      endsInWork = false
      restart()
    },
  })

  return {
    store,
    fetchFor: line.fetchFor,
    meet: line.meet,
    goAway: (): void => {
      away = true
    },
    /** Back, and nothing waits on the line. */
    mend: (): void => {
      away = false
      downUntil = 0
      line.mend()
    },
    sweep: () => centre.sweep(),
    close: () => centre.close(),
  }
}

class ProgramEnded extends Error {}

/** An Ed25519 key made of chance (RFC 8410: a PKCS #8 prefix and 32 bytes). */
const receiptKeyOf = (chance: Chance): ReceiptKey => {
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex')
  const key = createPrivateKey({
    key: Buffer.concat([prefix, chance.bytes(32)]),
    format: 'der',
    type: 'pkcs8',
  })
  return {
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), key).toString('base64url'),
    publicKey: createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString(),
  }
}
