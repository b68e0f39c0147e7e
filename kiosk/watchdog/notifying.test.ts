import { PassThrough } from 'node:stream'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { notifying, watchedBy } from './notifying.ts'

test.each([
  ['no unit', {}, null],
  ['a unit that does not listen', { NOTIFY_SOCKET: '', WATCHDOG_USEC: '20000000' }, null],
  [
    'a unit that watches',
    {
      NOTIFY_SOCKET: '/run/systemd/notify',
      WATCHDOG_USEC: '20000000',
      RUNTIME_DIRECTORY: '/run/kiosk',
    },
    { everyMs: 5_000, runFolder: '/run/kiosk' },
  ],
  [
    'a unit that only wants to know when it is up',
    { NOTIFY_SOCKET: '@notify' },
    { everyMs: null, runFolder: null },
  ],
  [
    'a unit with two runtime folders and a watch of half a second',
    { NOTIFY_SOCKET: '@notify', WATCHDOG_USEC: '500000', RUNTIME_DIRECTORY: '/run/a:/run/b' },
    { everyMs: 250, runFolder: '/run/a' },
  ],
])('%s: %o', (_, environment, watched) => {
  expect(watchedBy(environment)).toEqual(watched)
})

const logged = () => {
  const lines = new PassThrough()
  const log = pino({ base: null, timestamp: false }, lines)
  return { log, count: () => String(lines.read() ?? '').split('\n').length - 1 }
}

test('one word at a time: what comes meanwhile is left out', async () => {
  const under = Promise.withResolvers<void>()
  const said: string[] = []
  const notify = notifying(logged().log, (words) => {
    said.push(words.join(' '))
    return under.promise
  })
  const first = notify(['WATCHDOG=1'])
  await notify(['WATCHDOG=1', 'STATUS=second'])
  expect(said).toEqual(['WATCHDOG=1'])
  under.resolve()
  await first
  await notify(['STATUS=third'])
  expect(said).toEqual(['WATCHDOG=1', 'STATUS=third'])
})

test('a failure is logged once, until a word has gone out again', async () => {
  const { log, count } = logged()
  let fails = true
  const notify = notifying(log, () =>
    fails ? Promise.reject(new Error('ENOENT: systemd-notify')) : Promise.resolve(),
  )
  await notify(['WATCHDOG=1'])
  await notify(['WATCHDOG=1'])
  expect(count()).toBe(1)
  fails = false
  await notify(['WATCHDOG=1'])
  fails = true
  await notify(['WATCHDOG=1'])
  expect(count()).toBe(1)
})
