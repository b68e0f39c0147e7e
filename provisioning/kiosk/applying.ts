// Brings a tree to what is declared. Only what differs is touched, so that a second run changes nothing.
import { chmod, chown, lstat, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Declared, Difference } from './declared.ts'
import { differencesOf, intrudersIn, noShell, numbersOf } from './differences.ts'
import { findIn, type Found } from './found.ts'
import type { Run } from './running.ts'

export type Applying = {
  root: string
  declared: Declared
  people: readonly string[]
  run: Run
  /** Told what is done, a line each. */
  say: (line: string) => void
}

/**
 * Gives what was different before. Rejects where a step fails: what was done until then stays, and a further run goes on from
 * there. An account that nobody declared is left: removing a person is for a person.
 */
export const apply = async (applying: Applying): Promise<Difference[]> => {
  const { root, declared, people } = applying
  const before = differencesOf(declared, await findIn(root, declared), people)
  if (before.length === 0) return []
  // Each looks anew: packages bring users, folders and units of their own.
  await installPackages(applying)
  await makeUsers(applying)
  await makeFolders(applying)
  await removeIntruders(applying)
  await writeFiles(applying)
  await makeLinks(applying)
  await setUnits(applying)
  return before
}

/** Names of a class that still differ. */
const stillOf = async (
  { root, declared, people }: Applying,
  kind: Difference['class'],
): Promise<Set<string>> =>
  new Set(
    differencesOf(declared, await findIn(root, declared), people)
      .filter((difference) => difference.class === kind)
      .map(({ what }) => what),
  )

const isTree = (root: string): boolean => root !== '/'

const installPackages = async (applying: Applying): Promise<void> => {
  const { root, run, say } = applying
  const missing = [...(await stillOf(applying, 'package'))]
  if (missing.length === 0) return
  say(`installing ${missing.join(' ')}`)
  const apt = ['apt-get', '-y', '-qq', '--no-install-recommends', '-o', 'Dpkg::Use-Pty=0']
  const inside = isTree(root) ? ['chroot', root] : []
  const environment = { DEBIAN_FRONTEND: 'noninteractive' }
  await run([...inside, 'apt-get', '-qq', 'update'], environment)
  await run([...inside, ...apt, 'install', ...missing], environment)
}

const makeUsers = async (applying: Applying): Promise<void> => {
  const { root, declared, run, say } = applying
  const differing = await stillOf(applying, 'user')
  const ours = declared.users.filter(({ name }) => differing.has(name))
  if (ours.length === 0) return
  const sysusers = declared.files.find(({ path }) => path === sysusersFile)
  if (sysusers === undefined) throw new Error(`${sysusersFile} is not declared`)
  await mkdir(join(root, dirname(sysusersFile)), { recursive: true })
  await writeFile(join(root, sysusersFile), sysusers.content)
  const known = new Set((await findIn(root, declared)).accounts.map(({ name }) => name))
  for (const { name } of ours) say(`user ${name}`)
  await run(['systemd-sysusers', ...(isTree(root) ? [`--root=${root}`] : [])], {})
  for (const { name, groups } of ours.filter((user) => known.has(user.name))) {
    const prefix = isTree(root) ? ['--prefix', root] : []
    await run(['usermod', ...prefix, '--shell', noShell, '--groups', groups.join(','), name], {})
  }
}

/** Where the users are declared for systemd, which makes them at boot too should they be missing. */
export const sysusersFile = '/etc/sysusers.d/kiosk.conf'

const makeFolders = async ({ root, declared, say }: Applying): Promise<void> => {
  const found = await findIn(root, declared)
  for (const folder of declared.folders) {
    const path = join(root, folder.path)
    const entry = found.entries.get(folder.path)
    if (entry !== undefined && entry.kind !== 'folder') await rm(path)
    if (entry?.kind !== 'folder') {
      say(`folder ${folder.path}`)
      await mkdir(path, { recursive: true })
    }
    await own(root, folder, found)
  }
}

const removeIntruders = async ({ root, declared, say }: Applying): Promise<void> => {
  const found = await findIn(root, declared)
  for (const { path } of intrudersIn(declared, found)) {
    say(`removing ${path}: nobody declared it`)
    await rm(join(root, path), { recursive: true })
  }
}

const writeFiles = async ({ root, declared, say }: Applying): Promise<void> => {
  const found = await findIn(root, declared)
  for (const file of declared.files) {
    const path = join(root, file.path)
    const entry = found.entries.get(file.path)
    if (entry?.kind !== 'file' || entry.content !== file.content) {
      say(`file ${file.path}`)
      if (entry?.kind === 'folder') throw new Error(`${file.path} is a folder; move it away`)
      await mkdir(dirname(path), { recursive: true })
      // Never a file that is half the old one.
      await writeFile(`${path}.kiosk-new`, file.content, { mode: 0o600 })
      await own(root, { ...file, path: `${file.path}.kiosk-new` }, found)
      await rename(`${path}.kiosk-new`, path)
    } else {
      await own(root, file, found)
    }
  }
}

type Owned = { path: string; mode: number; owner: string; group: string }

const own = async (root: string, item: Owned, found: Found): Promise<void> => {
  const path = join(root, item.path)
  const numbers = numbersOf(item, found)
  if (numbers === null) {
    throw new Error(`${item.path}: there is no user ${item.owner} or no group ${item.group}`)
  }
  const stat = await lstat(path)
  if (stat.uid !== numbers.uid || stat.gid !== numbers.gid) {
    await chown(path, numbers.uid, numbers.gid)
  }
  // After the owner: a change of owner takes special bits away.
  await chmod(path, item.mode)
}

const makeLinks = async ({ root, declared, say }: Applying): Promise<void> => {
  const found = await findIn(root, declared)
  for (const link of declared.links) {
    const entry = found.entries.get(link.path)
    if (entry?.kind === 'link' && entry.to === link.to) continue
    if (entry?.kind === 'folder') throw new Error(`${link.path} is a folder; move it away`)
    say(`link ${link.path} to ${link.to}`)
    const path = join(root, link.path)
    await mkdir(dirname(path), { recursive: true })
    await rm(`${path}.kiosk-new`, { force: true })
    await symlink(link.to, `${path}.kiosk-new`)
    await rename(`${path}.kiosk-new`, path)
  }
}

const setUnits = async (applying: Applying): Promise<void> => {
  const { root, declared, run, say } = applying
  const differing = await stillOf(applying, 'unit')
  const systemctl = ['systemctl', ...(isTree(root) ? [`--root=${root}`] : [])]
  const { masked } = await findIn(root, declared)
  for (const { name, state } of declared.units.filter((unit) => differing.has(unit.name))) {
    say(`unit ${name} ${state}`)
    if (state === 'enabled' && masked.has(name)) await run([...systemctl, 'unmask', name], {})
    await run([...systemctl, state === 'masked' ? 'mask' : 'enable', name], {})
  }
}
