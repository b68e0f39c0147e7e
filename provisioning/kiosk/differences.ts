// Pure: what is declared against what was found. No difference: the machine is as it should be.
import { createHash } from 'node:crypto'
import type {
  Declared,
  DeclaredFile,
  DeclaredFolder,
  DeclaredLink,
  DeclaredUnit,
  DeclaredUser,
  Difference,
} from './declared.ts'
import type { Account, Entry, Found } from './found.ts'

/** In the order in which they are put right: what is installed first brings the users and folders of the rest. */
export const differencesOf = (
  declared: Declared,
  found: Found,
  people: readonly string[],
): Difference[] => [
  ...declared.packages
    .filter(({ name }) => !found.packages.has(name))
    .map(({ name }) => differing('package', name, 'not installed', 'installed')),
  ...declared.users.flatMap((user) => userDifferences(user, found)),
  ...strangers(found.accounts, people),
  ...declared.folders.flatMap((folder) => folderDifferences(folder, found)),
  ...closedDifferences(declared, found),
  ...declared.files.flatMap((file) => fileDifferences(file, found)),
  ...declared.links.flatMap((link) => linkDifferences(link, found)),
  ...declared.units.flatMap((unit) => unitDifferences(unit, found)),
]

const differing = (
  kind: Difference['class'],
  what: string,
  found: string,
  expected: string,
): Difference => ({ class: kind, what: what.replace(/^\//, ''), found, expected })

/** Nobody logs in as a user of ours. */
export const noShell = '/usr/sbin/nologin'

const userDifferences = (user: DeclaredUser, { accounts, groups }: Found): Difference[] => {
  const { name, id } = user
  const account = accounts.find((one) => one.name === name)
  if (account === undefined) return [differing('user', name, 'no such user', `user ${id}`)]
  const member = groups.filter(({ members }) => members.includes(name)).map((group) => group.name)
  const say = (what: string, found: string, expected: string) =>
    found === expected ? [] : [differing('user', name, `${what} ${found}`, `${what} ${expected}`)]
  return [
    ...say('number', `${account.uid}:${account.gid}`, `${id}:${id}`),
    ...say('shell', account.shell, noShell),
    ...say('groups', member.sort().join(' '), [...user.groups].sort().join(' ')),
  ]
}

const canLogIn = ({ shell }: Account): boolean => !/(nologin|false|sync)$/.test(shell)

/** Whoever may do everything beside root, and people nobody named. */
const strangers = (accounts: readonly Account[], people: readonly string[]): Difference[] =>
  accounts.flatMap((account) => {
    const { name, uid } = account
    if (name === 'root') return []
    if (uid === 0) return [differing('user', name, 'may do everything', 'no such user')]
    if (uid < 1_000 || !canLogIn(account) || people.includes(name)) return []
    return [differing('user', name, 'can log in', 'not named in machine.json under "people"')]
  })

const modeOf = (mode: number): string => `0${mode.toString(8)}`

type Owned = { mode: number; owner: string; group: string }

/** Names are looked up in the tree itself: a number means nothing outside it. */
export const numbersOf = (
  { owner, group }: Owned,
  { accounts, groups }: Pick<Found, 'accounts' | 'groups'>,
): { uid: number; gid: number } | null => {
  const uid = accounts.find(({ name }) => name === owner)?.uid
  const gid = groups.find(({ name }) => name === group)?.gid
  return uid === undefined || gid === undefined ? null : { uid, gid }
}

const ownerDifferences = (
  item: Owned & { path: string; class?: Difference['class'] },
  entry: Extract<Entry, { kind: 'file' | 'folder' }>,
  found: Found,
): Difference[] => {
  const kind = item.class ?? 'file'
  const numbers = numbersOf(item, found)
  const isOwned = numbers !== null && numbers.uid === entry.uid && numbers.gid === entry.gid
  const owned = `${item.owner}:${item.group}`
  return [
    ...(entry.mode === item.mode
      ? []
      : [differing(kind, item.path, `mode ${modeOf(entry.mode)}`, `mode ${modeOf(item.mode)}`)]),
    ...(isOwned
      ? []
      : [differing(kind, item.path, `owner ${entry.uid}:${entry.gid}`, `owner ${owned}`)]),
  ]
}

const folderDifferences = (folder: DeclaredFolder, found: Found): Difference[] => {
  const kind = folder.class ?? 'file'
  const entry = found.entries.get(folder.path)
  if (entry === undefined) return [differing(kind, folder.path, 'nothing', 'a folder')]
  if (entry.kind !== 'folder') return [differing(kind, folder.path, `a ${entry.kind}`, 'a folder')]
  return ownerDifferences(folder, entry, found)
}

/** What lies in a closed folder and is not declared, by absolute path. */
export const intrudersIn = (
  { folders, files, links }: Declared,
  found: Found,
): { path: string; class: Difference['class'] }[] => {
  const known = new Set([...folders, ...files, ...links].map(({ path }) => path))
  return folders
    .filter(({ closed }) => closed === true)
    .flatMap((folder) => {
      const entry = found.entries.get(folder.path)
      if (entry?.kind !== 'folder') return []
      return entry.names
        .map((name) => ({ path: `${folder.path}/${name}`, class: folder.class ?? 'file' }))
        .filter(({ path }) => !known.has(path))
    })
}

const closedDifferences = (declared: Declared, found: Found): Difference[] =>
  intrudersIn(declared, found).map((one) =>
    differing(one.class, one.path, 'something nobody declared', 'nothing'),
  )

const digest = (content: string): string =>
  `content ${createHash('sha256').update(content).digest('hex').slice(0, 12)}`

const fileDifferences = (file: DeclaredFile, found: Found): Difference[] => {
  const kind = file.class ?? 'file'
  const entry = found.entries.get(file.path)
  if (entry === undefined) return [differing(kind, file.path, 'nothing', 'a file')]
  if (entry.kind !== 'file') return [differing(kind, file.path, `a ${entry.kind}`, 'a file')]
  const isSame = entry.content === file.content
  return [
    ...(isSame ? [] : [differing(kind, file.path, digest(entry.content), digest(file.content))]),
    ...ownerDifferences(file, entry, found),
  ]
}

const linkDifferences = ({ path, to }: DeclaredLink, { entries }: Found): Difference[] => {
  const entry = entries.get(path)
  const is =
    entry === undefined ? 'nothing' : entry.kind === 'link' ? `to ${entry.to}` : `a ${entry.kind}`
  return is === `to ${to}` ? [] : [differing('link', path, is, `to ${to}`)]
}

const unitDifferences = ({ name, state }: DeclaredUnit, found: Found): Difference[] => {
  const is = found.masked.has(name) ? 'masked' : found.wanted.has(name) ? 'enabled' : 'not enabled'
  return is === state ? [] : [differing('unit', name, is, state)]
}
