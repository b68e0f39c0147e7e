// Who may speak over TLS: the codes by which machines enrol, and every certificate the authority has given out.
import type { Kysely } from 'kysely'
import { index, table } from '../../server/making-tables.ts'

export const enrolment = async (db: Kysely<unknown>): Promise<void> => {
  await table(db, 'enrolment_codes', ['holder'], {
    holder: 'text',
    hash: 'text',
    hosts: 'text',
    made_at: 'whole',
    ends_at: 'whole',
    wrong_tries: 'whole',
    used_by: 'text?',
    used_at: 'whole?',
  })
  await table(db, 'certificates', ['serial'], {
    serial: 'text',
    holder: 'text',
    key_hash: 'text',
    hosts: 'text',
    pem: 'text',
    issued_at: 'whole',
    ends_at: 'whole',
    revoked_at: 'whole?',
    revoked_why: 'text?',
  })
  await index(db, 'certificates', ['holder'])
  await index(db, 'certificates', ['key_hash'])
  await table(db, 'former_kiosk_keys', ['kiosk', 'public_key'], {
    kiosk: 'text',
    public_key: 'text',
    until: 'whole',
  })
}
