// Takes the bundle that the runtime fetched: copied away from the runtime's hands, checked, unpacked beside the others, and
// only then given its name. Cut at any point, the next run begins again with the same bundle; which release starts is not
// touched here.
import type { KeyObject } from 'node:crypto'
import { join } from 'node:path'
import type { Ground } from './ground.ts'
import { versionOfLink, type Layout } from './layout.ts'
import {
  isSigned,
  manifestIn,
  manifestName,
  manifestSignatureName,
  type Manifest,
} from './manifest.ts'
import { readTaken, readTrials, writeState, type TakenState } from './state.ts'

export type Refusal =
  /** It was not signed with the key of this kiosk, or changed since. */
  | 'signature'
  /** A file in it is not the one that was signed for, or one is missing or too many. */
  | 'changed'
  /** For another kind of machine. */
  | 'machine'
  /** Not newer than the one that was last declared good. */
  | 'older'
  /** This very release was put back on this kiosk. */
  | 'failed before'
  /** Another release has its version. */
  | 'version'
  | 'disk full'
  | 'unreadable'

export type Taken =
  | { kind: 'nothing' }
  | { kind: 'ready'; version: string; number: number }
  | { kind: 'refused'; why: Refusal; number: number | null }

class Refused extends Error {
  readonly why: Refusal
  readonly number: number | null
  constructor(why: Refusal, number: number | null = null) {
    super(why)
    this.why = why
    this.number = number
  }
}

export type Taking = {
  ground: Ground
  layout: Layout
  key: KeyObject
  /** `linux-x64`. */
  machine: string
}

/** Rejects when the disk fails: then the bundle is still there and the next run takes it. */
export const takeBundle = async (taking: Taking): Promise<Taken> => {
  const { ground, layout } = taking
  await ground.remove(layout.work)
  if ((await ground.readText(layout.signature)) === null) return { kind: 'nothing' }
  let taken: Exclude<Taken, { kind: 'nothing' }>
  try {
    const { version, number } = await unpacked(taking)
    taken = { kind: 'ready', version, number }
  } catch (error) {
    const refused = refusalOf(error)
    if (refused === null) throw error
    taken = { kind: 'refused', why: refused.why, number: refused.number }
  }
  // First the room, then the word: a full disk takes it.
  await ground.remove(layout.work)
  const before = await readTaken(ground, layout.taken)
  await writeState(ground, layout.taken, after(before, taken))
  await removeOthers(taking)
  return taken
}

const refusalOf = (error: unknown): Refused | null => {
  if (error instanceof Refused) return error
  const words = error instanceof Error ? error.message : ''
  const code = error instanceof Error && 'code' in error ? error.code : null
  // tar says it in words.
  return code === 'ENOSPC' || words.includes('No space left') ? new Refused('disk full') : null
}

const after = (state: TakenState, taken: Exclude<Taken, { kind: 'nothing' }>): TakenState =>
  taken.kind === 'ready'
    ? {
        ready: { version: taken.version, number: taken.number },
        last: { number: taken.number, outcome: 'ready' },
      }
    : { ...state, last: { number: taken.number, outcome: taken.why } }

const unpacked = async (taking: Taking): Promise<Manifest> => {
  const { ground, layout, key } = taking
  const bundle = join(layout.work, 'bundle.tar.gz')
  const fresh = join(layout.work, 'release')
  await ground.emptyFolder(layout.work)
  await ground.emptyFolder(fresh)
  await ground.copyFile(layout.bundle, bundle)
  const signature = await ground.readBytes(layout.signature)
  if (!isSigned(await ground.readBytes(bundle), signature, key)) throw new Refused('signature')
  await ground.unpack(bundle, fresh)
  const manifest = await manifestOf(taking, fresh)
  const { number, version } = manifest
  if (manifest.machine !== taking.machine) throw new Refused('machine', number)
  const { floor, failed } = await readTrials(ground, layout.trials)
  if (number <= floor) throw new Refused('older', number)
  if (number === failed) throw new Refused('failed before', number)
  await checkFiles(ground, fresh, manifest)
  await ground.syncTree(fresh)
  await putBeside(taking, { fresh, version, number })
  return manifest
}

const manifestOf = async ({ ground, key }: Taking, folder: string): Promise<Manifest> => {
  const text = await ground.readText(join(folder, manifestName))
  if (text === null) throw new Refused('unreadable')
  const signature = await ground.readBytes(join(folder, manifestSignatureName))
  if (!isSigned(Buffer.from(text), signature, key)) throw new Refused('signature')
  const manifest = manifestIn(text)
  if (manifest === null) throw new Refused('unreadable')
  return manifest
}

const checkFiles = async (ground: Ground, folder: string, manifest: Manifest): Promise<void> => {
  const files = (await ground.files(folder)).filter(
    ({ path }) => path !== manifestName && path !== manifestSignatureName,
  )
  const isAsSigned = files.every(({ path, sha256, mode }) => {
    const listed = manifest.files[path]
    return listed?.sha256 === sha256 && listed.mode === mode
  })
  if (!isAsSigned || files.length !== Object.keys(manifest.files).length) {
    throw new Refused('changed', manifest.number)
  }
}

/** What has its name already and does not run was left by a run that was cut: this one takes its place. */
const putBeside = async (
  { ground, layout }: Taking,
  { fresh, version, number }: { fresh: string; version: string; number: number },
): Promise<void> => {
  const inUse = [await ground.linkTarget(layout.current), await ground.linkTarget(layout.good)]
  if (inUse.some((target) => versionOfLink(target) === version)) {
    throw new Refused('version', number)
  }
  const taken = await readTaken(ground, layout.taken)
  // What is taken away is not ready meanwhile.
  if (taken.ready?.version === version) {
    await writeState(ground, layout.taken, { ...taken, ready: null })
  }
  const place = join(layout.releases, version)
  await ground.remove(place)
  await ground.rename(fresh, place)
}

/** Only the one that starts, the good one and the one that is ready are kept. */
const removeOthers = async ({ ground, layout }: Taking): Promise<void> => {
  const { ready } = await readTaken(ground, layout.taken)
  const kept = new Set([
    versionOfLink(await ground.linkTarget(layout.current)),
    versionOfLink(await ground.linkTarget(layout.good)),
    ready?.version,
  ])
  // Without its links a kiosk keeps all.
  if (kept.has(null)) return
  for (const version of await ground.names(layout.releases)) {
    if (!kept.has(version)) await ground.remove(join(layout.releases, version))
  }
}
