// Sets a kiosk up: serves the pages of the first setup where the kiosk will serve its own, until it has a configuration.
import { dirname, resolve } from 'node:path'
import { createActor } from 'xstate'
import { setupPressEvent } from '../../state-machines/setup-words.ts'
import type { SetupPressed as PressedOnPage, SetupView } from '../../ui/setup/setup-view.ts'
import type { PageFiles } from '../../server/page-files.ts'
import type { Clock } from '../clock.ts'
import { whyOf } from '../disk.ts'
import type { Log } from '../log.ts'
import { pageServer } from '../page-server.ts'
import { settingUpOn } from './acts.ts'
import { openAnswers } from './answers-file.ts'
import { SetupPressed } from './presses.ts'
import { askedBy, type SetupPlan } from './setup-plan.ts'
import { setupFeed } from './setup-feed.ts'
import { setupViewOf } from './setup-view.ts'

export type SetUpOptions = {
  plan: SetupPlan
  /** Where the configuration is to be. */
  configFile: string
  clock: Clock
  log: Log
  pages: PageFiles
}

export type RunningSetUp = {
  url: string
  /** Resolves when the configuration is on the disk and the page has been let go. Rejects when the machine failed. */
  done: Promise<void>
  stop: () => Promise<void>
}

/** Rejects when the disk cannot be read or the port cannot be had. */
export const setUp = async (options: SetUpOptions): Promise<RunningSetUp> => {
  const { plan, configFile, clock, log, pages } = options
  const dataFolder = resolve(dirname(configFile), plan.dataFolder)
  const kept = await openAnswers({
    folder: dataFolder,
    onUnreadable: (found) => log.warn(found, 'the answers of this set-up were unreadable'),
  })
  const actor = createActor(settingUpOn({ plan, configFile, dataFolder, clock, log }), {
    input: { answers: kept.begun, asked: askedBy(plan) },
    clock: {
      setTimeout: (call: () => void, ms: number) => clock.after(ms, call),
      clearTimeout: (cancel: () => void) => cancel(),
    },
  })
  const place = {
    timeZone: plan.timeZone ?? 'UTC',
    currency: plan.currency ?? { code: 'XXX', symbol: '' },
  }
  const feed = setupFeed(() => setupViewOf(actor.getSnapshot(), place, clock.now()))
  const server = await pageServer<SetupView, PressedOnPage>({
    ...plan.screen,
    pages,
    view: feed.view,
    presses: SetupPressed,
    onPress: ({ view, press }) => {
      if (!feed.belongs(view)) return false
      actor.send(setupPressEvent(press))
      return true
    },
    health: () => ({ state: 'setting up', at: actor.getSnapshot().context.answers.at }),
    after: clock.after,
    monotonic: clock.monotonic,
  })
  let answers = kept.begun
  const { promise: done, resolve: end, reject } = Promise.withResolvers<void>()
  actor.subscribe({
    next: ({ context }) => {
      if (context.answers !== answers) {
        answers = context.answers
        kept
          .keep(answers)
          .catch((error: unknown) => log.error({ why: whyOf(error) }, 'an answer is not kept'))
      }
      const view = feed.next()
      if (view !== null) server.show(view)
    },
    error: reject,
    complete: () => void server.close().then(end, reject),
  })
  actor.start()
  return {
    url: server.url,
    done,
    stop: async () => {
      actor.stop()
      await server.close()
    },
  }
}
