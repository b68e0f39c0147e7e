// How a simulated bank terminal leads: it says something, waits for the answer, and goes on.
import { apdu, type Apdu } from '../apdu.ts'
import { field, tag } from '../fields.ts'
import { control } from '../requests.ts'
import { withSequence } from '../sequence.ts'
import type { Arrow } from './behaviours.ts'
import { here } from './power.ts'
import { ofThisLife, wait, type Unit } from './unit.ts'

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
  if (memory.sequence !== null) memory.sequence = (memory.sequence + 1) % 0x1000000
  const { sequence } = memory
  const answer = Promise.withResolvers<Apdu>()
  const out = Promise.withResolvers<void>()
  const said = unit.say(sequence === null ? message : withSequence(message, sequence), () => {
    // What is not said yet is not answered: this is an answer to something before it.
    memory.answered = (heard) => {
      memory.answered = null
      // The line is the host's again with this answer: its next command may be in the same breath.
      if (isLast(message)) memory.busy = null
      answer.resolve(heard)
    }
    out.resolve()
  })
  await ofThisLife(unit, out.promise)
  if (arrow !== undefined) await here(unit, arrow)
  const silence = said.then((got) =>
    got === 'acknowledged' ? silenceAfter(unit, limitMs) : 'silence',
  )
  return ofThisLife(unit, Promise.race([answer.promise, silence]))
}

/** T3 begins with the acknowledgement. Nobody is waited for any more when it is over. */
const silenceAfter = async (unit: Unit, limitMs: number): Promise<'silence'> => {
  await wait(unit, limitMs)
  return 'silence'
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
