// A whole kiosk whose customer's card is torn at some points of every command: it lost its contacts, and is still in the slot.
import { fromHex } from '../../domain/power-card/bytes.ts'
import type { Tear } from '../../drivers/card-reader/simulated-card/tearing.ts'
import { run } from '../faults/run.ts'
import { cardOf } from '../faults/visit.ts'
import { scriptOf } from './torn-card.ts'

export type TornAtKiosk = { name: string; tear: Tear; even: boolean }

/** For each command: its first byte, one in its head, one in the middle, its last; around its commit; before its answer. */
export const tornAtKiosk = async (): Promise<TornAtKiosk[]> => {
  const commands = await scriptOf({ id: cardOf.cash, protocol: 'T=0' }, 'sale')
  return commands.flatMap((hex, at) => {
    const command = fromHex(hex)
    const bytes = [0, 3, Math.floor(command.length / 2), command.length - 1]
    const points: Tear[] = [
      ...bytes.map((byte) => ({ at: 'byte' as const, byte })),
      { at: 'before commit' },
      { at: 'after commit' },
      { at: 'before answer' },
    ]
    return points.map((point, place) => ({
      name: `command ${at + 1}, ${point.at === 'byte' ? `byte ${point.byte}` : point.at}`,
      tear: { ...point, when: (sent: Uint8Array) => sameHead(sent, command) },
      even: (at + place) % 2 === 0,
    }))
  })
}

/** Everything that does not add up after it, a sentence each. `torn`: the point was reached. */
export const flawsAtKiosk = async ({
  tear,
  even,
}: TornAtKiosk): Promise<{ torn: boolean; flaws: string[] }> => {
  let torn = false
  const { flaws } = await run([], 'cash', {
    even,
    before: (box) => {
      box.card(cardOf.cash).tear({
        ...tear,
        when: (command) => {
          torn ||= tear.when?.(command) === true
          return tear.when?.(command) === true
        },
      })
    },
  })
  return { torn, flaws }
}

/** Class, instruction, and the file it is for: no other command to a card in a sale has the same. */
const sameHead = (one: Uint8Array, other: Uint8Array): boolean =>
  [0, 1, 2, 3].every((at) => one[at] === other[at])
