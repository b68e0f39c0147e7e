// Who works at the console, on the centre's own machine: the first administrator, and whoever has forgotten the password.
//
//   npm run staff -- --config FILE --add NAME --role ROLE --full-name "…"
//   npm run staff -- --config FILE --new-password NAME
//
// Prints a password to be changed at the first sign-in; it is kept nowhere but as a hash.
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { StaffName, StaffRole, staffRoles } from '../domain/console/staff.ts'
import { whyOf } from '../server/config-file.ts'
import { giveUp } from '../server/give-up.ts'
import { besideCentre } from './beside-centre.ts'
import { writeAudit } from './console/audit-trail.ts'
import { hashPassword } from './console/passwords.ts'
import { giveNewPassword, insertStaff } from './console/staff.ts'
import type { Work } from './store.ts'

const usage = `usage: npm run staff -- --config FILE --add NAME --role ROLE --full-name TEXT
       npm run staff -- --config FILE --new-password NAME`

type Asked =
  | { kind: 'add'; config: string; name: StaffName; role: StaffRole; fullName: string }
  | { kind: 'new password'; config: string; name: StaffName }
  | { kind: 'problems'; problems: string[] }

const main = async (): Promise<void> => {
  const asked = read(process.argv.slice(2))
  if (asked.kind === 'problems') return giveUp([...asked.problems, usage])
  // 18 bytes: nobody guesses them, and they are typed once.
  const password = randomBytes(18).toString('base64url')
  return besideCentre(
    asked.config,
    async (store) => {
      const hash = await hashPassword(password)
      const problem = await store.transact((work) => doing(work, asked, hash))
      if (problem !== null) return giveUp([problem])
      process.stdout.write(`${asked.name}: the password for the first sign-in is ${password}\n`)
    },
    (why) => `nothing was changed; ${why}`,
  )
}

const read = (args: string[]): Asked => {
  try {
    const { values } = parseArgs({
      args,
      options: {
        config: { type: 'string' },
        add: { type: 'string' },
        role: { type: 'string' },
        'full-name': { type: 'string' },
        'new-password': { type: 'string' },
      },
    })
    const { config, add, role, 'full-name': fullName, 'new-password': renewed } = values
    if (config === undefined) return wrong('--config: found nothing; must name a file')
    const name = StaffName.safeParse(add ?? renewed)
    if (!name.success) return wrong(`--add or --new-password: ${name.error.issues[0]?.message}`)
    if (renewed !== undefined) return { kind: 'new password', config, name: name.data }
    const parsed = StaffRole.safeParse(role)
    if (!parsed.success) {
      return wrong(`--role: found ${role ?? 'nothing'}; must be one of ${staffRoles.join(', ')}`)
    }
    if (fullName === undefined) return wrong('--full-name: found nothing; must be a name')
    return { kind: 'add', config, name: name.data, role: parsed.data, fullName }
  } catch (error) {
    return wrong(whyOf(error))
  }
}

const wrong = (problem: string): Asked => ({ kind: 'problems', problems: [problem] })

/** Null when it is done. */
const doing = async (
  work: Work,
  asked: Exclude<Asked, { kind: 'problems' }>,
  hash: string,
): Promise<string | null> => {
  const now = Date.now()
  const done =
    asked.kind === 'add'
      ? await insertStaff(work, { ...asked, hash, now })
      : await giveNewPassword(work, asked.name, hash)
  if (!done) {
    return asked.kind === 'add'
      ? `--add: found ${asked.name}; somebody has this name already`
      : `--new-password: found ${asked.name}; nobody here has this name`
  }
  await writeAudit(work, {
    at: now,
    who: 'the centre’s own machine',
    what: asked.kind === 'add' ? 'staff/add' : 'staff/change',
    about: asked.kind === 'add' ? `${asked.name} as ${asked.role}` : `${asked.name}, new password`,
    outcome: 'done',
    came_from: 'the centre’s own machine',
  })
  return null
}

await main()
