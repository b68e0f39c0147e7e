// Who works at the console, their sessions, what they did, and what awaits a second person.
import { sql, type Kysely } from 'kysely'
import { approvalStates } from '../../domain/console/approvals.ts'
import { staffRoles } from '../../domain/console/staff.ts'
import { index, neverChanges, neverDone, oneOf, table } from '../../server/making-tables.ts'

export const console = async (db: Kysely<unknown>): Promise<void> => {
  await people(db)
  await table(
    db,
    'audit_trail',
    ['audit'],
    {
      audit: 'whole',
      at: 'whole',
      who: 'text',
      what: 'text',
      about: 'text',
      outcome: 'text',
      came_from: 'text',
    },
    (it) => it.addCheckConstraint('audit_outcome', oneOf('outcome', ['done', 'refused', 'failed'])),
  )
  await neverChanges(db, 'audit_trail')
  await index(db, 'audit_trail', ['who', 'audit'])
  await table(db, 'console_deeds', ['deed'], {
    deed: 'text',
    who: 'text',
    name: 'text',
    hash: 'text',
    reply: 'text',
    at: 'whole',
  })
  await neverChanges(db, 'console_deeds')
  await proposals(db)
}

const people = async (db: Kysely<unknown>): Promise<void> => {
  await table(
    db,
    'staff',
    ['name'],
    {
      name: 'text',
      full_name: 'text',
      role: 'text',
      active: 'whole',
      password: 'text',
      must_change: 'whole',
      since: 'whole',
      last_sign_in: 'whole?',
    },
    (it) => it.addCheckConstraint('staff_role', oneOf('role', staffRoles)),
  )
  await table(db, 'sign_in_tries', ['name'], {
    name: 'text',
    failed: 'whole',
    locked_until: 'whole',
    last_at: 'whole',
  })
  await table(
    db,
    'staff_sessions',
    ['session'],
    {
      session: 'text',
      name: 'text',
      csrf: 'text',
      begun_at: 'whole',
      attended_at: 'whole',
      ends_at: 'whole',
    },
    (it) => it.addForeignKeyConstraint('session_of', ['name'], 'staff', ['name']),
  )
  await index(db, 'staff_sessions', ['name'])
}

const proposals = async (db: Kysely<unknown>): Promise<void> => {
  await table(
    db,
    'approvals',
    ['approval'],
    {
      approval: 'text',
      kind: 'text',
      subject: 'text',
      lines: 'text',
      amount: 'whole?',
      reason: 'text',
      content: 'text',
      proposed_by: 'text',
      proposed_at: 'whole',
      state: 'text',
      decided_by: 'text?',
      decided_at: 'whole?',
      note: 'text?',
    },
    (it) =>
      it
        .addCheckConstraint('approval_state', oneOf('state', approvalStates))
        .addCheckConstraint(
          'two_persons',
          sql`state = 'withdrawn' or decided_by is null or decided_by <> proposed_by`,
        ),
  )
  await index(db, 'approvals', ['state', 'proposed_at'])
  await neverDone(db, {
    name: 'approvals_as_proposed',
    deed: 'update of approval, kind, subject, lines, amount, reason, content, proposed_by, proposed_at',
    table: 'approvals',
    why: 'a proposal stays as it was made',
  })
  await neverDone(db, {
    name: 'approvals_decided_once',
    deed: 'update',
    table: 'approvals',
    if: `old.state <> 'open'`,
    why: 'a proposal is decided once',
  })
}
