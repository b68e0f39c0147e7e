// A centre with its authority, answering over mutual TLS on this machine, with a clock to be set: for tests.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Holder } from '../domain/enrolment/holder.ts'
import { KioskNumber } from '../domain/identifiers.ts'
import { centreKit } from './centre-kit.ts'
import { centreServer } from '../centre/server.ts'
import { makeAuthority } from '../centre/enrolment/authority.ts'
import { openDoor } from '../centre/enrolment/centre-door.ts'
import { codeLifeMs, newCode } from '../centre/enrolment/codes.ts'
import { addEnrolment } from '../centre/enrolment/enrolment-routes.ts'
import { readingEnrolment, withEnrolment } from '../centre/enrolment/enrolment-tables.ts'

/** Kiosks of the town. */
export const kiosk = KioskNumber.parse('000000000101')
export const otherKiosk = KioskNumber.parse('000000000102')
export const asKiosk = (number = kiosk): Holder => ({ role: 'kiosk', kiosk: number })

export type EnrolmentKit = Awaited<ReturnType<typeof enrolmentKit>>

export const enrolmentKit = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'enrolment-'))
  const begin = Date.now()
  let offset = 0
  // TLS looks at the clock of this machine: the centre's own goes on from there.
  const now = () => Date.now() + offset
  const kit = await centreKit({ now: begin })
  const store = kit.store()
  makeAuthority(folder, begin)
  const opened = openDoor({ dataFolder: folder, tls: { hosts: ['127.0.0.1'] }, store, now })
  if (opened.kind === 'problem') throw new Error(opened.problem)
  const { door } = opened
  const server = centreServer(kit.centre(), pino({ level: 'silent' }), door.gate)
  addEnrolment(server, { store, now, ...door })
  await server.listen({ host: '127.0.0.1', port: 0 })
  const address = server.server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return {
    folder,
    store,
    door,
    url: `https://127.0.0.1:${address.port}`,
    /** Puts the centre's clock forward. */
    later: (ms: number) => {
      offset += ms
    },
    now,
    code: (
      holder: Holder,
      { hosts = [], lifeMs = codeLifeMs }: { hosts?: string[]; lifeMs?: number } = {},
    ) =>
      store.transact((work) =>
        newCode(withEnrolment(work), {
          authority: door.authority,
          holder,
          hosts,
          lifeMs,
          now: now(),
          chance: randomBytes(10),
        }),
      ),
    /** All that were ever given out. */
    certificates: () =>
      readingEnrolment(store.read).selectFrom('certificates').selectAll().execute(),
    close: async () => {
      await server.close()
      await kit.close()
      rmSync(folder, { recursive: true })
    },
  }
}
