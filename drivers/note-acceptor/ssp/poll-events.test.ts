// Answers to a poll, from the vectors of devices.md 3.5 and against anything else.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOfHex } from './bytes.ts'
import { pollEvents, type PollEvent } from './poll-events.ts'

describe('events as published', () => {
  test.each<[string, PollEvent[]]>([
    ['', []],
    ['F1 E8', [{ kind: 'reset' }, { kind: 'disabled' }]],
    ['EE 01 EB', [{ kind: 'credit', channel: 1 }, { kind: 'stacked' }]],
    ['EF 00', [{ kind: 'reading' }]],
    ['EF 03', [{ kind: 'escrow', channel: 3 }]],
    ['EE 04', [{ kind: 'credit', channel: 4 }]],
    ['EE 00', [{ kind: 'credit', channel: null }]],
    ['CC', [{ kind: 'stacking' }]],
    ['EB', [{ kind: 'stacked' }]],
    ['ED', [{ kind: 'rejecting' }]],
    ['EC', [{ kind: 'rejected' }]],
    ['E9', [{ kind: 'jam', where: 'unsafe' }]],
    ['EA', [{ kind: 'jam', where: 'safe' }]],
    ['E8', [{ kind: 'disabled' }]],
    ['E7', [{ kind: 'cash box full' }]],
    ['E6 02', [{ kind: 'fraud', channel: 2 }]],
    ['E6 00', [{ kind: 'fraud', channel: null }]],
    ['E3', [{ kind: 'cash box removed' }]],
    ['E4', [{ kind: 'cash box replaced' }]],
    ['E1 00', [{ kind: 'found, returned', channel: null }]],
    ['E2 02', [{ kind: 'found, stacked', channel: 2 }]],
    ['E0', [{ kind: 'path open' }]],
    ['B5', [{ kind: 'all inhibited' }]],
    ['B6', [{ kind: 'initialising' }]],
    ['CC EE 01', [{ kind: 'stacking' }, { kind: 'credit', channel: 1 }]],
    ['F1 E2 02', [{ kind: 'reset' }, { kind: 'found, stacked', channel: 2 }]],
  ])('%s', (hex, events) => {
    expect(pollEvents(bytesOfHex(hex))).toEqual({ events, unread: new Uint8Array() })
  })
})

describe('what cannot be read', () => {
  test('reading stops at the first unknown event and hands back all from there on', () => {
    expect(pollEvents(bytesOfHex('EB F8 EF 03'))).toEqual({
      events: [{ kind: 'stacked' }],
      unread: bytesOfHex('F8 EF 03'),
    })
  })

  test('an event cut off before its channel is handed back: the channel may be money', () => {
    expect(pollEvents(bytesOfHex('CC EE'))).toEqual({
      events: [{ kind: 'stacking' }],
      unread: bytesOfHex('EE'),
    })
  })

  test('any bytes at all are events up to a point and unread from there, never an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 255 }), (bytes) => {
        const { events, unread } = pollEvents(bytes)
        expect(events.length).toBeLessThanOrEqual(bytes.length - unread.length)
        expect(bytes.subarray(bytes.length - unread.length)).toEqual(unread)
        expect(pollEvents(bytes.subarray(0, bytes.length - unread.length)).unread).toHaveLength(0)
      }),
    )
  })
})
