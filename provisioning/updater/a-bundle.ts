// For tests: homes of the updater, and small bundles that are as real as a release, signed and packed by tar.
import { execFileSync } from 'node:child_process'
import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Ground } from './ground.ts'
import { layoutIn, linkTo } from './layout.ts'
import { manifestName, manifestSignatureName } from './manifest.ts'

export const signing = generateKeyPairSync('ed25519')
export const machine = 'linux-x64'

/** A home where 1.0.0, number 1, sells. `remove` it after the test. */
export const aHome = () => {
  const home = mkdtempSync(join(tmpdir(), 'updater-'))
  mkdirSync(join(home, 'incoming'))
  mkdirSync(join(home, 'releases/1.0.0'), { recursive: true })
  writeFileSync(join(home, 'releases/1.0.0', manifestName), '{}')
  writeFileSync(
    join(home, 'trials.json'),
    JSON.stringify({ floor: 1, trial: null, failed: null, last: null }),
  )
  for (const link of ['current', 'good']) symlinkSync(linkTo('1.0.0'), join(home, link))
  return { home, layout: layoutIn(home), remove: () => rmSync(home, { recursive: true }) }
}

export type Of = {
  version: string
  number: number
  machine?: string
  key?: KeyObject
  /** Once all is signed. */
  spoil?: (folder: string) => void
}

/** Lays bundle and signature into `incoming` of the home. */
export const bundleInto = (home: string, of: Of): void => {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
  const files = { 'node/bin/node': of.version, 'app/kiosk/main.ts': `sells as ${of.version}` }
  const listed: Record<string, { sha256: string; mode: number }> = {}
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
    chmodSync(join(folder, path), 0o644)
    listed[path] = { sha256: createHash('sha256').update(content).digest('hex'), mode: 0o644 }
  }
  const { version, number } = of
  const text = JSON.stringify({ version, number, machine: of.machine ?? machine, files: listed })
  const key = of.key ?? signing.privateKey
  writeFileSync(join(folder, manifestName), text)
  writeFileSync(join(folder, manifestSignatureName), sign(null, Buffer.from(text), key))
  of.spoil?.(folder)
  const bundle = join(home, 'incoming/bundle.tar.gz')
  const packed = execFileSync('tar', ['-czf', '-', '-C', folder, '.'])
  writeFileSync(bundle, packed)
  writeFileSync(`${bundle}.sig`, sign(null, packed, key))
  rmSync(folder, { recursive: true })
}

/** As it is at this moment; for a test that goes on from it many times. */
export const copyOfHome = (home: string) => {
  const copy = mkdtempSync(join(tmpdir(), 'updater-'))
  cpSync(home, copy, { recursive: true, verbatimSymlinks: true })
  return { home: copy, layout: layoutIn(copy), remove: () => rmSync(copy, { recursive: true }) }
}

/** Works until call number `at`, which is left half done, and no more from there. */
export const dyingGround = (ground: Ground, at: number) => {
  let calls = 0
  const through =
    <Args extends unknown[], Result>(
      act: (...args: Args) => Promise<Result>,
      half?: (...args: Args) => void,
    ) =>
    async (...args: Args): Promise<Result> => {
      calls++
      if (calls < at) return act(...args)
      if (calls === at) half?.(...args)
      throw new Error('the power went')
    }
  const dying: Ground = {
    readText: through(ground.readText),
    readBytes: through(ground.readBytes),
    replaceFile: through(ground.replaceFile, (path, text) =>
      writeFileSync(`${path}.new`, text.slice(0, text.length / 2)),
    ),
    emptyFolder: through(ground.emptyFolder, (path) => mkdirSync(path, { recursive: true })),
    copyFile: through(ground.copyFile, (_path, to) => writeFileSync(to, 'half')),
    unpack: through(ground.unpack, (_bundle, folder) => mkdirSync(join(folder, 'app'))),
    files: through(ground.files),
    syncTree: through(ground.syncTree),
    rename: through(ground.rename),
    // The manifest goes last: what is half removed looks whole at a glance.
    remove: through(ground.remove, (path) =>
      rmSync(join(path, 'app'), { recursive: true, force: true }),
    ),
    names: through(ground.names),
    linkTarget: through(ground.linkTarget),
    replaceLink: through(ground.replaceLink, (path, target) => symlinkSync(target, `${path}.new`)),
  }
  return { dying, isAlive: () => calls < at }
}
