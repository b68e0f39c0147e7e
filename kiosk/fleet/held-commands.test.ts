// Commands that come before the birth is answered: kept in order, and no more of them than there is room for.
import { pino } from 'pino'
import { expect, it } from 'vitest'
import type { CommandMessage } from '../../domain/fleet/host-messages.ts'
import { manualClock } from '../../test/manual-clock.ts'
import { fewWarnings } from './few-warnings.ts'
import { heldCommands, mostHeld } from './held-commands.ts'

it('whoever floods a kiosk before its birth is answered fills no memory, and what came first is done first', () => {
  const given: string[] = []
  const warn = fewWarnings({ clock: manualClock(), log: pino({ level: 'silent' }) })
  const commands = heldCommands(({ kid }) => void given.push(kid), warn)
  const command = (kid: string): CommandMessage => ({ v: 1, kid, body: '{}', sig: '' })
  for (let each = 0; each < 2 * mostHeld; each++) commands.hear(command(`${each}`))
  expect(given).toEqual([])
  commands.release()
  expect(given).toEqual(Array.from({ length: mostHeld }, (_, each) => `${each}`))
  commands.hear(command('later'))
  expect(given.at(-1)).toBe('later')
})
