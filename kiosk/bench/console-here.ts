// The console on the bench: a program of its own beside the centre, and those who work at it, whose password everybody knows.
import { readingConsole, withConsole } from '../../centre/console/console-tables.ts'
import { hashPassword } from '../../centre/console/passwords.ts'
import { openStore } from '../../centre/store.ts'
import { StaffName, type StaffRole } from '../../domain/console/staff.ts'
import type { Program } from './children.ts'
import type { BenchPaths } from './folder.ts'
import { consoleProgram } from './programs.ts'

/** On a real centre nobody has it: `npm run staff` makes everybody one of their own. */
export const benchPassword = 'a quiet current flows'

type Member = { name: StaffName; fullName: string; role: StaffRole }

/** Two who may approve: what one of them proposes is decided by the other. */
export const benchStaff: readonly Member[] = [
  { name: StaffName.parse('olga'), fullName: 'Olga Brandt', role: 'operator' },
  { name: StaffName.parse('chen'), fullName: 'Chen Yu', role: 'call centre' },
  { name: StaffName.parse('amina'), fullName: 'Amina Haddad', role: 'accounts' },
  { name: StaffName.parse('bo'), fullName: 'Bo Nilsson', role: 'accounts' },
  { name: StaffName.parse('root'), fullName: 'Ruth Ott', role: 'administrator' },
]

export type ConsoleHere = { program: Program; url: string }

/** Once the centre has made its tables. */
export const startConsole = async (of: {
  paths: BenchPaths
  port: number
  now: number
  onChange: () => void
}): Promise<ConsoleHere> => {
  const { paths, port, now, onChange } = of
  await hire(paths.centreDatabase, now)
  const program = consoleProgram({ paths, port, onChange })
  await program.start()
  return { program, url: `http://127.0.0.1:${port}/` }
}

/** Whoever works here already stays as they are. */
const hire = async (database: string, now: number): Promise<void> => {
  const store = await openStore({ kind: 'file', path: database })
  try {
    const [known] = await readingConsole(store.read).selectFrom('staff').select('name').execute()
    if (known !== undefined) return
    const password = await hashPassword(benchPassword)
    await store.transact((work) =>
      withConsole(work)
        .insertInto('staff')
        .values(
          benchStaff.map(({ name, fullName, role }) => ({
            name,
            full_name: fullName,
            role,
            active: 1,
            password,
            must_change: 0,
            since: now,
            last_sign_in: null,
          })),
        )
        .execute(),
    )
  } finally {
    await store.close()
  }
}
