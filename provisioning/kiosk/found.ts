// What lies in a tree: reads whatever is declared, and what decides about users, packages and units. Changes nothing.
import { lstat, readdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Declared } from './declared.ts'

export type Entry =
  | { kind: 'file'; mode: number; uid: number; gid: number; content: string }
  | { kind: 'folder'; mode: number; uid: number; gid: number; names: readonly string[] }
  | { kind: 'link'; to: string }
  | { kind: 'other' }

export type Account = { name: string; uid: number; gid: number; shell: string }
export type Group = { name: string; gid: number; members: readonly string[] }

export type Found = {
  /** By absolute path on the kiosk; what is not there has no entry. */
  entries: ReadonlyMap<string, Entry>
  accounts: readonly Account[]
  groups: readonly Group[]
  /** Names of the packages that are installed whole. */
  packages: ReadonlySet<string>
  /** Units that something else pulls in at boot. */
  wanted: ReadonlySet<string>
  /** Units that nothing can start. */
  masked: ReadonlySet<string>
}

const units = '/etc/systemd/system'

/** Rejects when something that is there cannot be read: a check that passes over it would say too little. */
export const findIn = async (root: string, declared: Declared): Promise<Found> => {
  const entries = new Map<string, Entry>()
  for (const { path } of [...declared.folders, ...declared.files, ...declared.links]) {
    const entry = await entryAt(join(root, path))
    if (entry !== null) entries.set(path, entry)
  }
  return {
    entries,
    accounts: accountsIn(await textAt(join(root, '/etc/passwd'))),
    groups: groupsIn(await textAt(join(root, '/etc/group'))),
    packages: packagesIn(await textAt(join(root, '/var/lib/dpkg/status'))),
    ...(await unitLinks(join(root, units))),
  }
}

const entryAt = async (path: string): Promise<Entry | null> => {
  const stat = await orNull(lstat(path))
  if (stat === null) return null
  const { uid, gid } = stat
  const mode = stat.mode & 0o7777
  if (stat.isSymbolicLink()) return { kind: 'link', to: await readlink(path) }
  if (stat.isDirectory()) return { kind: 'folder', mode, uid, gid, names: await readdir(path) }
  return stat.isFile()
    ? { kind: 'file', mode, uid, gid, content: await readFile(path, 'utf8') }
    : { kind: 'other' }
}

/** Null when there is no such thing. */
const orNull = async <T>(reading: Promise<T>): Promise<T | null> => {
  try {
    return await reading
  } catch (error) {
    const { code } = error instanceof Error && 'code' in error ? error : { code: null }
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw error
  }
}

const textAt = async (path: string): Promise<string> => (await orNull(readFile(path, 'utf8'))) ?? ''

/** passwd(5): name, password, number, number of its group, comment, home, shell. */
export const accountsIn = (text: string): Account[] =>
  rowsOf(text).map(([name = '', , uid = '', gid = '', , , shell = '']) => ({
    name,
    uid: Number(uid),
    gid: Number(gid),
    shell,
  }))

/** group(5): name, password, number, members. */
export const groupsIn = (text: string): Group[] =>
  rowsOf(text).map(([name = '', , gid = '', members = '']) => ({
    name,
    gid: Number(gid),
    members: members.split(',').filter((member) => member !== ''),
  }))

const rowsOf = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(':'))

/** The status file of dpkg: a paragraph a package. */
export const packagesIn = (text: string): Set<string> =>
  new Set(
    text
      .split('\n\n')
      .filter((paragraph) => /^Status: \S+ ok installed$/m.test(paragraph))
      .flatMap((paragraph) => /^Package: (\S+)$/m.exec(paragraph)?.[1] ?? []),
  )

/** `enable` links a unit into a folder of what wants it, `mask` links its name to nothing (systemctl(1)). */
const unitLinks = async (folder: string): Promise<Pick<Found, 'wanted' | 'masked'>> => {
  const wanted = new Set<string>()
  const masked = new Set<string>()
  for (const name of (await orNull(readdir(folder))) ?? []) {
    const path = join(folder, name)
    if (/\.(wants|requires)$/.test(name)) {
      for (const unit of (await orNull(readdir(path))) ?? []) wanted.add(unit)
    } else {
      const entry = await entryAt(path)
      if (entry?.kind === 'link' && entry.to === '/dev/null') masked.add(name)
    }
  }
  return { wanted, masked }
}
