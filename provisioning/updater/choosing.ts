// Which release starts. Run before every start of the runtime, and whenever the runtime says how its trial goes, by the
// release that was last declared good: one that never runs well cannot keep itself in place.
import { z } from 'zod'
import type { Ground } from './ground.ts'
import { linkTo, versionOfLink, type Layout } from './layout.ts'
import { readTaken, readTrials, writeState, type TrialsState } from './state.ts'

/** So often a release on trial may start. */
export const mostStarts = 3

/** The runtime writes it when nobody is being served: at its next start, this release. */
const Wish = z.object({ number: z.int().positive() })
/** What the release on trial says of itself. */
const Health = z.object({ number: z.int().positive(), verdict: z.enum(['good', 'failed']) })

export type Chosen =
  | { kind: 'as before' }
  | { kind: 'trial'; version: string; starts: number }
  | { kind: 'good'; version: string }
  | { kind: 'put back'; version: string; why: 'failed' | 'starts' | 'state' }

type Choosing = {
  ground: Ground
  layout: Layout
  /** A start of the runtime follows, and counts. */
  isStart: boolean
}

/** Rejects when the disk fails and nothing can be put back; then what `current` says starts. */
export const choose = async (choosing: Choosing): Promise<Chosen> => {
  const { ground, layout } = choosing
  const good = versionOfLink(await ground.linkTarget(layout.good))
  if (good === null) return { kind: 'as before' }
  const current = versionOfLink(await ground.linkTarget(layout.current))
  if (current === good) return begin(choosing, good)
  try {
    return await onTrial(choosing, good)
  } catch {
    // What cannot be counted cannot be on trial: a full disk, a state that nobody understands.
    await ground.replaceLink(layout.current, linkTo(good))
    return { kind: 'put back', version: good, why: 'state' }
  }
}

const begin = async ({ ground, layout, isStart }: Choosing, good: string): Promise<Chosen> => {
  const state = await readTrials(ground, layout.trials)
  // Declared good and cut before it was written down.
  if (state.trial?.version === good && state.trial.number > state.floor) {
    await writeState(ground, layout.trials, ended(state, state.trial.number))
    return { kind: 'good', version: good }
  }
  if (!isStart) return { kind: 'as before' }
  const { ready } = await readTaken(ground, layout.taken)
  const wish = await said(ground, layout.wish, Wish)
  if (ready === null || wish?.number !== ready.number || ready.version === good) {
    return { kind: 'as before' }
  }
  if (ready.number <= state.floor || ready.number === state.failed) return { kind: 'as before' }
  // The trial before the link: a link without a count would never be put back.
  await writeState(ground, layout.trials, { ...state, trial: { ...ready, starts: 1 } })
  await ground.replaceLink(layout.current, linkTo(ready.version))
  return { kind: 'trial', version: ready.version, starts: 1 }
}

const onTrial = async (choosing: Choosing, good: string): Promise<Chosen> => {
  const { ground, layout, isStart } = choosing
  const state = await readTrials(ground, layout.trials)
  const { trial } = state
  if (trial === null) return putBack(choosing, { state, good, why: 'state' })
  const health = await said(ground, layout.health, Health)
  const verdict = health?.number === trial.number ? health.verdict : null
  if (verdict === 'good') {
    await ground.replaceLink(layout.good, linkTo(trial.version))
    await writeState(ground, layout.trials, ended(state, trial.number))
    return { kind: 'good', version: trial.version }
  }
  if (verdict === 'failed') return putBack(choosing, { state, good, why: 'failed' })
  if (!isStart) return { kind: 'as before' }
  if (trial.starts >= mostStarts) return putBack(choosing, { state, good, why: 'starts' })
  const starts = trial.starts + 1
  await writeState(ground, layout.trials, { ...state, trial: { ...trial, starts } })
  return { kind: 'trial', version: trial.version, starts }
}

const ended = (state: TrialsState, number: number): TrialsState => ({
  ...state,
  floor: Math.max(state.floor, number),
  trial: null,
  last: { number, outcome: 'good' },
})

/** First the word, that it is not begun again; then the link. */
const putBack = async (
  { ground, layout }: Choosing,
  { state, good, why }: { state: TrialsState; good: string; why: 'failed' | 'starts' | 'state' },
): Promise<Chosen> => {
  const number = state.trial?.number ?? null
  await writeState(ground, layout.trials, {
    ...state,
    failed: number ?? state.failed,
    last: { number, outcome: `put back: ${why}` },
  })
  await ground.replaceLink(layout.current, linkTo(good))
  return { kind: 'put back', version: good, why }
}

/** Null for anything that is not what it should be: the runtime wrote it, and is not believed. */
const said = async <Schema extends z.ZodType>(
  ground: Ground,
  path: string,
  schema: Schema,
): Promise<z.infer<Schema> | null> => {
  try {
    return schema.safeParse(JSON.parse((await ground.readText(path)) ?? 'null')).data ?? null
  } catch {
    return null
  }
}
