// Where the updater keeps what it has, from its home on the kiosk (/opt/kiosk), and who may write where.
//
//   releases/VERSION/   whole releases, at most two but for a moment
//   current             links to the release that starts next
//   good                links to the last one that was declared good; the updater itself runs from there
//   taken.json          what is ready
//   trials.json         what is on trial, what failed, the floor
//   work/               half done, thrown away at every beginning
//   incoming/           the runtime's: the bundle, its signature, wish.json and health.json. Not believed
import { join } from 'node:path'

export type Layout = {
  releases: string
  current: string
  good: string
  taken: string
  trials: string
  work: string
  bundle: string
  signature: string
  wish: string
  health: string
}

export const layoutIn = (home: string): Layout => ({
  releases: join(home, 'releases'),
  current: join(home, 'current'),
  good: join(home, 'good'),
  taken: join(home, 'taken.json'),
  trials: join(home, 'trials.json'),
  work: join(home, 'work'),
  bundle: join(home, 'incoming/bundle.tar.gz'),
  signature: join(home, 'incoming/bundle.tar.gz.sig'),
  wish: join(home, 'incoming/wish.json'),
  health: join(home, 'incoming/health.json'),
})

/** Both links say it so: from the home, that a tree mounted elsewhere has them right too. */
export const linkTo = (version: string): string => `releases/${version}`

/** Null for a link that no updater made. */
export const versionOfLink = (target: string | null): string | null =>
  target !== null && /^releases\/[^/]+$/.test(target) ? target.slice('releases/'.length) : null
