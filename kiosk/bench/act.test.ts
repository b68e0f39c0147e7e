// Every act of the panel parses, and nothing else does.
import { describe, expect, it } from 'vitest'
import { energy } from '../../domain/energy.ts'
import { minor } from '../../domain/money.ts'
import type { Act } from '../../ui/bench/panel.ts'
import { parseAct } from './act.ts'

const acts: Act[] = [
  { type: 'card.insert', card: 'li-chen' },
  { type: 'card.take' },
  { type: 'card.pull-after', commands: 2 },
  { type: 'note.insert', value: minor(2_000) },
  { type: 'note.insert-bad' },
  { type: 'notes.fault', fault: 'swapped unit', on: true },
  { type: 'notes.empty-box' },
  { type: 'notes.power-cycle' },
  { type: 'bank-card.present', card: 'declined', how: 'tap' },
  { type: 'bank-card.take' },
  { type: 'terminal.pin', pin: '4711' },
  { type: 'terminal.stop' },
  { type: 'terminal.fault', fault: 'bank away', on: true },
  { type: 'terminal.power-cycle' },
  { type: 'bank.down', on: true },
  { type: 'front.kill' },
  { type: 'printer.fault', fault: 'paper out', on: false },
  { type: 'receipt.tear-off', receipt: '12' },
  { type: 'service-key.turn', on: true },
  { type: 'door.open', which: 'cash', on: true },
  { type: 'service-switch.unplug', on: false },
  { type: 'reader.unplug', on: true },
  { type: 'centre.away', on: true },
  { type: 'kiosk.kill' },
  { type: 'meter.insert', card: 'li-chen', meter: '000000004711' },
  { type: 'meter.take', meter: '000000004711' },
  { type: 'meter.use', meter: '000000004711', energy: energy(500) },
]

describe('an act', () => {
  it.each(acts)('$type is understood', (act) => {
    expect(parseAct.parse(structuredClone(act))).toEqual(act)
  })

  it.each([
    ['nothing', null],
    ['a list', [{ type: 'card.take' }]],
    ['an unknown type', { type: 'kiosk.press' }],
    ['a missing card', { type: 'card.insert' }],
    ['a card without a name', { type: 'card.insert', card: '' }],
    ['a very long name', { type: 'card.insert', card: 'x'.repeat(41) }],
    ['a fraction of money', { type: 'note.insert', value: 0.5 }],
    ['money below nothing', { type: 'note.insert', value: -500 }],
    ['money as text', { type: 'note.insert', value: '500' }],
    ['an unknown fault', { type: 'notes.fault', fault: 'fire', on: true }],
    ['a door nobody has', { type: 'door.open', which: 'garden', on: true }],
    ['a bank card nobody has', { type: 'bank-card.present', card: 'gold', how: 'tap' }],
    ['a PIN of letters', { type: 'terminal.pin', pin: 'four' }],
    ['a switch that is neither on nor off', { type: 'centre.away', on: 1 }],
    ['commands without end', { type: 'card.pull-after', commands: 1e9 }],
    ['energy below nothing', { type: 'meter.use', meter: '1', energy: -1 }],
    ['more than was asked for', { type: 'card.take', also: 'this' }],
  ])('%s is not', (_, value) => {
    expect(parseAct.safeParse(value).success).toBe(false)
  })
})
