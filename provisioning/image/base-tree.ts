// The Debian under a kiosk: a tree of packages made by mmdebstrap, kept as a tarball for as long as the list is the same.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './needed.ts'

export const suite = 'trixie'

/** What boots a machine at all; all else is declared by the parts of provisioning/kiosk. */
const system = [
  'systemd-sysv',
  'udev',
  'dbus',
  'kmod',
  'iproute2',
  'ca-certificates',
  // The cloud kernel has no drivers for USB serial adapters (kiosk-machine.md 16, X9).
  'linux-image-amd64',
]

/** A tree is made anew when it is older: security updates are in it then. */
const freshMs = 7 * 24 * 3_600_000

/**
 * The path of the tarball. `cache` keeps it, and the packages it was made of, for the next time: only the first image
 * of a computer waits for the network.
 */
export const baseTree = (
  packages: readonly string[],
  { cache, say }: { cache: string; say: (line: string) => void },
): string => {
  const list = [...new Set([...system, ...packages])].sort()
  const name = createHash('sha256')
    .update(`${suite} ${list.join(' ')}`)
    .digest('hex')
    .slice(0, 16)
  const path = join(cache, `base-${name}.tar`)
  if (existsSync(path) && Date.now() - statSync(path).mtimeMs < freshMs) return path
  say(`making a tree of Debian ${suite} with ${list.length} packages and what they need`)
  const archive = join(cache, 'packages')
  mkdirSync(archive, { recursive: true })
  const making = `${path}.making`
  rmSync(making, { force: true })
  run('mmdebstrap', [
    '--variant=minbase',
    '--format=tar',
    '--aptopt=Acquire::Languages "none"',
    '--skip=download/empty',
    '--skip=essential/unlink',
    '--setup-hook=mkdir -p "$1"/var/cache/apt/archives',
    `--setup-hook=cp -n ${archive}/*.deb "$1"/var/cache/apt/archives/ 2>/dev/null || true`,
    `--customize-hook=cp -n "$1"/var/cache/apt/archives/*.deb ${archive}/`,
    '--customize-hook=rm -f "$1"/var/cache/apt/archives/*.deb',
    // Every kiosk makes its own at its first boot.
    '--customize-hook=: > "$1"/etc/machine-id',
    `--include=${list.join(',')}`,
    suite,
    making,
  ])
  for (const old of readdirSync(cache)) {
    if (old.startsWith('base-') && old.endsWith('.tar')) rmSync(join(cache, old))
  }
  renameSync(making, path)
  return path
}
