// The users that the programs of a kiosk run as: each can do what its program needs and nothing else.
import { systemFile, type DeclaredUser, type Part } from '../declared.ts'
import { sysusersFile } from '../applying.ts'
import { noShell } from '../differences.ts'
import { checkUser, runtimeUser, screenUser, updateUser } from '../users.ts'

const ours = [runtimeUser, screenUser, updateUser, checkUser]

/** sysusers.d(5). A group of the same name and number comes with each. */
const linesOf = ({ name, id, groups }: DeclaredUser): string[] => [
  `u ${name} ${id} "Kiosk" / ${noShell}`,
  ...groups.map((group) => `m ${name} ${group}`),
]

export const users = (): Part => ({
  name: 'users',
  users: ours,
  files: [
    systemFile({
      path: sysusersFile,
      content: `${ours.flatMap(linesOf).join('\n')}\n`,
      why: 'systemd makes the users, with the same numbers on every kiosk',
    }),
  ],
})
