// From a release to a bootable disk: Debian's tree, the release in it, the tool of provisioning/kiosk over it, partitions.
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseConfig } from '../../kiosk/config.ts'
import { parseMachine, unknownMachine, type Facts } from '../kiosk/facts.ts'
import { declaredFor } from '../kiosk/parts.ts'
import { dataMount } from '../kiosk/parts/disk.ts'
import { dataFolder } from '../kiosk/places.ts'
import { runtimeUser } from '../kiosk/users.ts'
import { linkTo } from '../updater/layout.ts'
import { baseTree } from './base-tree.ts'
import { checkoutVersion, releaseOfCheckout } from './checkout-release.ts'
import { kernelInto, makeDisk, type DiskSizes } from './disk.ts'
import { run } from './needed.ts'

export type ImageOptions = {
  source: { kind: 'checkout' } | { kind: 'release'; tarball: string; key: string }
  /** The disk is made here, and beside it what an emulator boots directly. */
  out: string
  /** Files; null where the kiosk begins with its first set-up. */
  config: string | null
  machine: string | null
  /** A folder whose content is laid over the tree at the end: for a test image only. */
  over?: string
  /** Words for the kernel line, such as a console. */
  kernelWords?: string
  sizes?: DiskSizes
  say: (line: string) => void
}

export type Image = { disk: string; kernel: string; initrd: string }

/** Chromium, its fonts and two releases; in MiB. */
const usualSizes: DiskSizes = { system: 4_096, data: 3_072 }

/** Throws with a sentence when a step fails. Nothing is left behind but the disk and what is kept for the next time. */
export const makeImage = (options: ImageOptions): Image => {
  const { out, say, sizes = usualSizes } = options
  mkdirSync(out, { recursive: true })
  const work = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'wattpoint-image-'))
  try {
    const tree = join(work, 'tree')
    mkdirSync(tree)
    const facts = factsOf(options)
    const packages = declaredFor(facts).packages.map(({ name }) => name)
    const base = baseTree(packages, { cache: join(out, 'kept'), say })
    run('tar', ['-xf', base, '-C', tree])
    layRelease(tree, options)
    layFacts(tree, options)
    say('the tool makes a kiosk of it')
    applyTool(tree)
    if (options.over !== undefined)
      cpSync(options.over, tree, { recursive: true, verbatimSymlinks: true })
    upToDate(tree)
    const booted = kernelInto(tree, out)
    const data = join(work, 'data')
    takeData(tree, data)
    say('the disk is written')
    const disk = join(out, 'kiosk.img')
    makeDisk({
      system: tree,
      data,
      disk,
      work,
      sizes,
      ...(options.kernelWords !== undefined && { kernelWords: options.kernelWords }),
    })
    return { disk, ...booted }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

const factsOf = ({ machine, config }: ImageOptions): Facts => {
  const read = machine === null ? null : parseMachine(readFileSync(machine, 'utf8'))
  if (read?.kind === 'problems') throw new Error(read.problems.join('\n'))
  const kiosk = config === null ? null : parseConfig(readFileSync(config, 'utf8'))
  if (kiosk?.kind === 'problems') throw new Error(kiosk.problems.join('\n'))
  return { machine: read?.machine ?? unknownMachine, kiosk: kiosk?.config ?? null }
}

/** Where `current` leads to in the tree; a signed release is held against its key before anything of it runs. */
const layRelease = (tree: string, { source }: ImageOptions): void => {
  const releases = join(tree, 'opt/kiosk/releases')
  mkdirSync(releases, { recursive: true })
  if (source.kind === 'checkout') releaseOfCheckout(join(releases, checkoutVersion))
  else {
    const { tarball, key } = source
    run('openssl', [
      'pkeyutl',
      '-verify',
      '-pubin',
      '-inkey',
      key,
      '-rawin',
      '-in',
      tarball,
      '-sigfile',
      `${tarball}.sig`,
    ])
    run('tar', ['-xzf', tarball, '-C', releases])
    mkdirSync(join(tree, 'etc/kiosk'), { recursive: true })
    cpSync(key, join(tree, 'etc/kiosk/release-key.pem'))
  }
  const [name, ...more] = readdirSync(releases)
  if (name === undefined || more.length > 0)
    throw new Error('the release holds not just one folder')
  // It starts, and it is the one that the updater goes back to.
  for (const link of ['current', 'good']) symlinkSync(linkTo(name), join(tree, 'opt/kiosk', link))
}

const configInTree = `${dataFolder.slice(1)}/config.json`

const layFacts = (tree: string, { machine, config }: ImageOptions): void => {
  const lay = (from: string | null, path: string, mode: number) => {
    if (from === null) return
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    cpSync(from, join(tree, path))
    chmodSync(join(tree, path), mode)
  }
  lay(machine, 'etc/kiosk/machine.json', 0o644)
  lay(config, configInTree, 0o600)
  // The runtime reads it, and nobody else.
  if (config !== null) chownSync(join(tree, configInTree), runtimeUser.id, runtimeUser.id)
}

/** Run by the Node.js of the release itself, as on a bare machine. */
const applyTool = (tree: string): void => {
  const release = join(tree, 'opt/kiosk/current')
  const tool = join(release, 'app/provisioning/kiosk/main.ts')
  run(join(release, 'node/bin/node'), [tool, '--apply', '--root', tree])
}

/** Moves what lies on the data partition out of the system; the empty folders stay to be mounted on. */
const takeData = (tree: string, data: string): void => {
  mkdirSync(data)
  const mount = join(tree, dataMount)
  if (!existsSync(mount)) return
  for (const [source, place] of boundIn(readFileSync(join(tree, 'etc/fstab'), 'utf8'))) {
    for (const name of readdirSync(join(tree, place))) {
      // What the tool has laid at both places is a folder, and empty at its source.
      rmSync(join(tree, source, name), { recursive: true, force: true })
      run('mv', [join(tree, place, name), join(tree, source, name)])
    }
  }
  for (const name of readdirSync(mount)) run('mv', [join(mount, name), join(data, name)])
}

/** Each folder of the data partition and where fstab(5) binds it to. */
const boundIn = (fstab: string): [source: string, place: string][] =>
  fstab.split('\n').flatMap((line): [string, string][] => {
    const [source = '', place = '', , options = ''] = line.split(/\s+/)
    return options.split(',').includes('bind') ? [[source, place]] : []
  })

/** Caches are as new as the system: the first start need not make them anew, on a system it cannot write to. */
const upToDate = (tree: string): void => {
  for (const folder of ['etc', 'var']) writeFileSync(join(tree, folder, '.updated'), '')
}
