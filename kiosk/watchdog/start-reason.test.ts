import { expect, test } from 'vitest'
import { startReason, type FoundAtStart, type RunBefore } from './start-reason.ts'

const before: RunBefore = { machine: 'a', version: '1.0.0', wasAsked: false, withheld: [] }
const found: FoundAtStart = {
  before,
  machine: 'a',
  version: '1.0.0',
  serviceResult: null,
  panicked: false,
  wasReset: false,
}

const rows: [string, Partial<FoundAtStart>, ReturnType<typeof startReason>][] = [
  ['nothing was left', { before: null }, 'first'],
  ['the machine went off without a word', { machine: 'b' }, 'power'],
  [
    'the machine was started anew in order',
    { machine: 'b', before: { ...before, wasAsked: true } },
    'command',
  ],
  ['the kernel died', { machine: 'b', panicked: true, wasReset: true }, 'panic'],
  ['the hardware watchdog reset the machine', { machine: 'b', wasReset: true }, 'watchdog'],
  ['a panic of long ago says nothing of a start of the program', { panicked: true }, 'crash'],
  ['systemd ended a program that hung', { serviceResult: 'watchdog' }, 'watchdog'],
  [
    'one that hung in the middle of an update',
    { serviceResult: 'watchdog', version: '1.0.1' },
    'watchdog',
  ],
  ['another version', { version: '1.0.1', before: { ...before, wasAsked: true } }, 'update'],
  ['somebody asked', { before: { ...before, wasAsked: true } }, 'command'],
  [
    'somebody asked, and systemd says so',
    { serviceResult: 'success', before: { ...before, wasAsked: true } },
    'command',
  ],
  ['the program ended by itself', { serviceResult: 'exit-code' }, 'crash'],
  [
    'beats were withheld, and nobody wrote down how it ended',
    { before: { ...before, withheld: ['page silent'] } },
    'watchdog',
  ],
  [
    'beats were withheld, and it crashed',
    { serviceResult: 'signal', before: { ...before, withheld: ['page silent'] } },
    'crash',
  ],
  ['nothing names the start of the machine', { machine: null }, 'crash'],
]

test.each(rows)('%s: %o is %s', (_, changed, why) => {
  expect(startReason({ ...found, ...changed })).toBe(why)
})
