// How a simulated bank terminal leads: it says something, waits for the answer, and goes on.
import { apdu, type Apdu } from '../apdu.ts'
import { field, tag } from '../fields.ts'
import { control } from '../requests.ts'
import { withSequence } from '../sequence.ts'
import type { Arrow } from './behaviours.ts'
import { here } from './power.ts'
import { later, ofThisLife, type Unit } from './unit.ts'

/** Answers a command of the host. */
export const reply = async (unit: Unit, answer: Apdu): Promise<void> => {
  const { sequence, hostSequence } = unit.memory
  const message =
    sequence === null || hostSequence === null ? answer : withSequence(answer, hostSequence)
  await ofThisLife(unit, unit.say(message))
}

export const ok = apdu(control.done)
export const no = (code: number): Apdu => apdu(0x8400 + code)

/** Says something and waits for its answer; 'silence' when none came in time or nobody acknowledged it. */
export const ask = async (
  unit: Unit,
  message: Apdu,
  { limitMs = unit.delays.answer, arrow }: { limitMs?: number; arrow?: Arrow } = {},
): Promise<Apdu | 'silence'> => {
  const { memory } = unit
  const answer = new Promise<Apdu | 'silence'>((resolve) => {
    const cancel = later(unit, limitMs, () => {
      memory.answered = null
      resolve('silence')
    })
    memory.answered = (heard) => {
      memory.answered = null
      cancel()
      // The line is the host's again with this answer: its next command may be in the same breath.
      if (isLast(message)) memory.busy = null
      resolve(heard)
    }
  })
  if (memory.sequence !== null) memory.sequence = (memory.sequence + 1) % 0x1000000
  const { sequence } = memory
  const said = unit.say(sequence === null ? message : withSequence(message, sequence))
  if (arrow !== undefined) await here(unit, arrow)
  const silence = said.then((got) =>
    got === 'acknowledged' ? new Promise<'silence'>(() => {}) : ('silence' as const),
  )
  return ofThisLife(unit, Promise.race([answer, silence]))
}

const isLast = ({ control: name }: Apdu): boolean =>
  name === control.completed || name === control.aborted

/** `04 FF`. Nobody listening does not stop it. */
export const tellStep = async (unit: Unit, status: number): Promise<void> => {
  await ask(unit, apdu(control.intermediateStatus, [status]), { arrow: 'step told' })
  await here(unit, 'step answered')
}

/** `06 1E`, with `04 0F` before it where a payment had come so far. */
export const fail = async (
  unit: Unit,
  code: number,
  { informed }: { informed: boolean },
): Promise<void> => {
  if (informed) await ask(unit, apdu(control.statusInformation, field(tag.result, [code])))
  await ask(unit, apdu(control.aborted, [code]))
}

export const isDone = (answer: Apdu | 'silence'): boolean =>
  answer !== 'silence' && (answer.control === control.done || answer.control === 0x8400)
