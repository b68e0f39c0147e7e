// What a simulated note acceptor answers to each command.
import { never } from '../../../../domain/never.ts'
import { lowByteFirstBytes, numberOf } from '../bytes.ts'
import { code, protocolVersion } from '../commands.ts'
import { factoryFixedKey, stex } from '../encryption.ts'
import { eventCode } from '../poll-events.ts'
import { rejectCode, status } from '../replies.ts'
import { accept, giveBack } from './note-path.ts'
import { powerCycle } from './power.ts'
import type { LifelongCounters, NoteInPath } from './truth.ts'
import { channelOf, mainUnitsOf, type Dataset, type Unit } from './unit.ts'

/** Carries out a command and answers it. `sealed` says whether it came in an encrypted packet. */
export const answer = (unit: Unit, command: Uint8Array, sealed: boolean): Uint8Array => {
  const [name = 0] = command
  if (name === code.sync) return Uint8Array.of(status.ok)
  if (name === code.reset) {
    // The answer still goes out with the old keys.
    unit.clock.after(0, () => powerCycle(unit))
    return Uint8Array.of(status.ok)
  }
  const agreed = unit.session.agree(command)
  if (agreed !== null) return agreed
  if (!unit.session.hasKeys() && (unit.keysFirst || onlySealed.has(name))) {
    return Uint8Array.of(status.keyNotSet)
  }
  if (!sealed && onlySealed.has(name)) return Uint8Array.of(status.cannotProcessNow)
  return carryOut(unit, command)
}

/** SSP manual: these are obeyed inside encryption only. A packet that reaches a unit without keys counts with them. */
const onlySealed: ReadonlySet<number> = new Set([
  code.pollWithAck,
  code.acknowledge,
  code.setFixedKey,
  code.resetFixedKey,
  stex,
])

const carryOut = (unit: Unit, command: Uint8Array): Uint8Array => {
  const { memory, truth } = unit
  const ok = (...data: number[]) => Uint8Array.of(status.ok, ...data)
  switch (command[0]) {
    case code.inhibits:
      memory.accepted = acceptedChannels(command.subarray(1))
      return ok()
    case code.setup:
      return ok(...setupAnswer(unit.dataset))
    case code.protocolVersion:
      return (command[1] ?? 255) > protocolVersion ? Uint8Array.of(status.fail) : ok()
    case code.poll:
      return ok(...poll(unit, { withAck: false }))
    case code.pollWithAck:
      return ok(...poll(unit, { withAck: true }))
    case code.acknowledge:
      return acknowledge(unit) ? ok() : Uint8Array.of(status.cannotProcessNow)
    case code.reject:
    case code.hold:
      if (truth.note?.where !== 'escrow' || truth.jam !== null || memory.initialising) {
        return Uint8Array.of(status.cannotProcessNow)
      }
      if (command[0] === code.reject) giveBack(unit, rejectCode.byHost)
      return ok()
    case code.disable:
      if (memory.enabled) memory.happened.push([eventCode.disabled])
      memory.enabled = false
      return ok()
    case code.enable:
      memory.enabled = true
      return ok()
    case code.serialNumber:
      return ok(...highByteFirst(Number(truth.serialNumber)))
    case code.lastReject:
      return ok(memory.lastReject)
    case code.counters:
      return ok(...countersAnswer(truth.counters))
    case code.setFixedKey:
      if (command.length !== 9) return Uint8Array.of(status.wrongParameters)
      setFixedKey(unit, numberOf(command.subarray(1)))
      return ok()
    case code.resetFixedKey:
      setFixedKey(unit, factoryFixedKey)
      return ok()
    default:
      return Uint8Array.of(status.unknownCommand)
  }
}

const poll = (unit: Unit, { withAck }: { withAck: boolean }): number[] => {
  const { memory } = unit
  // Devices.md 3: a poll while a reported note is in escrow accepts it.
  if (memory.escrowTold) accept(unit)
  const events = [...memory.happened, ...goingOn(unit, withAck), ...memory.unacknowledged]
  memory.happened = []
  memory.escrowTold = tellsNote(unit) && unit.truth.note?.where === 'escrow'
  memory.reported = withAck ? memory.unacknowledged.length : 0
  // A plain poll has nobody to wait for.
  if (!withAck) memory.unacknowledged = []
  return events.flat()
}

/** Events that are told at every poll while they last. */
const goingOn = (unit: Unit, withAck: boolean): number[][] => {
  const { note, jam, pathOpen } = unit.truth
  const { initialising, enabled, accepted } = unit.memory
  return [
    ...(initialising && withAck ? [[eventCode.initialising]] : []),
    ...(note !== null && tellsNote(unit) ? [movement(unit, note)] : []),
    ...(jam === null ? [] : [[jam === 'safe' ? eventCode.safeJam : eventCode.unsafeJam]]),
    ...(pathOpen ? [[eventCode.pathOpen]] : []),
    ...(enabled && accepted.size === 0 ? [[eventCode.allInhibited]] : []),
  ]
}

/** Stuck, or not yet looked for: it says nothing of a note in its path. */
const tellsNote = ({ truth, memory }: Unit): boolean => truth.jam === null && !memory.initialising

const movement = (unit: Unit, { where, value }: NoteInPath): number[] => {
  switch (where) {
    case 'reading':
      return [eventCode.read, 0]
    case 'escrow':
      return [eventCode.read, channelOf(unit, value)]
    case 'returning':
      return [eventCode.rejecting]
    case 'stacking':
    case 'credited':
      return [eventCode.stacking]
    default:
      return never(where)
  }
}

/** Forgets the events of the last poll; false when it told none. */
const acknowledge = ({ memory, truth, changed }: Unit): boolean => {
  if (memory.reported === 0) return false
  const told = memory.unacknowledged.slice(0, memory.reported)
  memory.unacknowledged = memory.unacknowledged.slice(memory.reported)
  memory.reported = 0
  if (truth.note?.where === 'credited' && told.some(([event]) => event === eventCode.credit)) {
    truth.note.acknowledged = true
  }
  changed()
  return true
}

const setFixedKey = ({ truth, changed }: Unit, key: bigint): void => {
  truth.fixedKey = key.toString(16).padStart(16, '0')
  changed()
}

const acceptedChannels = (mask: Uint8Array): ReadonlySet<number> =>
  new Set(
    [...mask].flatMap((bits, byte) =>
      [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => bits & (1 << bit)).map((bit) => byte * 8 + bit + 1),
    ),
  )

const setupAnswer = (dataset: Dataset): number[] => {
  const { firmware, currency, values, multiplier } = dataset
  return [
    0x00,
    ...ascii(firmware),
    ...ascii(currency),
    ...highByteFirst(multiplier).slice(1),
    values.length,
    ...values.map((value) => (multiplier === 0 ? 0 : value)),
    ...values.map(() => 2),
    ...highByteFirst(100).slice(1),
    protocolVersion,
    ...values.flatMap(() => ascii(currency)),
    ...mainUnitsOf(dataset).flatMap(lowByteFirst),
  ]
}

const countersAnswer = (counters: LifelongCounters): number[] => {
  const { stacked, stored, dispensed, transferred, rejected } = counters
  const all = [stacked, stored, dispensed, transferred, rejected]
  return [all.length, ...all.flatMap(lowByteFirst)]
}

const ascii = (text: string): number[] => [...Buffer.from(text, 'latin1')]

const lowByteFirst = (number: number): number[] => [
  ...lowByteFirstBytes(BigInt(number)).subarray(0, 4),
]

const highByteFirst = (number: number): number[] => lowByteFirst(number).reverse()
