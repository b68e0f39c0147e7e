// What building and booting an image needs of this computer, and how a step of it is run.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Programs by the Debian package that brings them. */
const forBuilding = {
  '/usr/bin/mmdebstrap': 'mmdebstrap',
  '/usr/sbin/mke2fs': 'e2fsprogs',
  '/usr/sbin/sfdisk': 'fdisk',
  '/usr/sbin/mkfs.vfat': 'dosfstools',
  '/usr/bin/mcopy': 'mtools',
  '/usr/bin/grub-mkstandalone': 'grub-common',
  '/usr/lib/grub/x86_64-efi/moddep.lst': 'grub-efi-amd64-bin',
}

export const forBooting = {
  '/usr/bin/qemu-system-x86_64': 'qemu-system-x86',
}

/** What is missing for making an image, in one sentence; null when nothing is. Installs nothing. */
export const missingFor = (programs: Record<string, string> = forBuilding): string | null => {
  if (process.getuid?.() !== 0) return 'an image is made by root only: type sudo before the command'
  const missing = Object.entries(programs)
    .filter(([path]) => !existsSync(path))
    .map(([, name]) => name)
  return missing.length === 0
    ? null
    : `not installed: ${missing.join(', ')}; type apt-get install ${missing.join(' ')}`
}

/** Installs what is missing from Debian's archive, and says so. Throws with what apt-get said. */
export const installMissing = (
  programs: Record<string, string>,
  say: (line: string) => void,
): void => {
  const missing = Object.entries(programs)
    .filter(([path]) => !existsSync(path))
    .map(([, name]) => name)
  if (missing.length === 0) return
  say(`installing Debian packages: ${missing.join(' ')}`)
  const environment = { DEBIAN_FRONTEND: 'noninteractive' }
  run('apt-get', ['update', '-qq'], { environment })
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { environment })
}

export const buildPrograms: Record<string, string> = forBuilding

/** Runs a program to its end and gives what it wrote. Throws with its last words when it fails. */
export const run = (
  program: string,
  args: readonly string[],
  { environment = {}, folder }: { environment?: Record<string, string>; folder?: string } = {},
): string => {
  const done = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 64_000_000,
    env: { ...process.env, ...environment },
    ...(folder !== undefined && { cwd: folder }),
  })
  if (done.status === 0) return done.stdout
  const words = done.error?.message ?? `${done.stdout.slice(-1_000)}${done.stderr.slice(-3_000)}`
  throw new Error(`${program} ${args[0] ?? ''} failed: ${words.trim()}`)
}
