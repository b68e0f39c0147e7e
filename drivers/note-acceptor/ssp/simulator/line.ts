// A simulated note acceptor on its line: frames in and out, the sequence bit, and whatever goes wrong there.
import type { Duplex } from 'node:stream'
import { decode, encode, validatorAddress, type Frame, type SequenceBit } from '../codec.ts'
import { code } from '../commands.ts'
import type { Behaviour } from './behaviours.ts'
import { answer } from './firmware.ts'
import { feedWatchdog } from './power.ts'
import type { Unit } from './unit.ts'

type Line = {
  unit: Unit
  cable: Duplex | null
  behaviours: Behaviour[]
  /** The last command carried out; null after power-up. It belongs to the memory it was made in. */
  last: { memory: Unit['memory']; bit: SequenceBit; command: Uint8Array; answer: Uint8Array } | null
}

export const simulatorLine = (unit: Unit) => {
  const line: Line = { unit, cable: null, behaviours: [], last: null }
  return {
    /** Plugs the cable in; the one before is let go. */
    attach: (cable: Duplex): void => {
      let rest: Uint8Array = Uint8Array.of()
      line.cable = cable
      cable.on('error', () => {})
      cable.on('data', (chunk: Uint8Array) => {
        if (line.cable !== cable) return
        const { out, rest: left } = decode(Uint8Array.of(...rest, ...chunk))
        rest = left
        for (const one of out) if (one.kind === 'frame') hear(line, one)
      })
    },
    /** Puts a way of misbehaving in front; the returned function takes it away again. */
    behave: (behaviour: Behaviour): (() => void) => {
      line.behaviours.unshift(behaviour)
      return () => {
        line.behaviours = line.behaviours.filter((one) => one !== behaviour)
      }
    },
  }
}

const hear = (line: Line, frame: Frame): void => {
  const { unit, last } = line
  if (!unit.truth.powered || unit.silent || frame.address !== validatorAddress) return
  if (firstOf(line.behaviours, (one) => one.onFrame?.(frame.data)) === 'lost') return
  feedWatchdog(unit)
  // SYNC is always carried out: it is how a host begins whatever the bit was.
  const isSync = frame.data[0] === code.sync
  const isRepeat = last?.memory === unit.memory && last.bit === frame.sequence && !isSync
  if (isRepeat && !unit.memory.locked) {
    write(line, last.answer, last.command)
    return
  }
  carryOut(line, frame, isSync)
}

const carryOut = (line: Line, frame: Frame, isSync: boolean): void => {
  const { unit } = line
  const received = unit.session.receive(frame.data)
  if (received.kind === 'locked') unit.memory.locked = true
  if (received.kind !== 'command') return
  const { command, sealed } = received
  if (unit.memory.locked && command[0] !== code.reset) return
  const instead = firstOf(line.behaviours, (one) => one.onCommand?.(command))
  // As if it had never arrived.
  if (instead === 'silence') return
  if (sealed) unit.session.countOn()
  const data = instead ?? answer(unit, command, sealed)
  const bytes = encode({ ...frame, data: sealed ? unit.session.sealed(data) : data })
  // After SYNC the next new command has bit 0.
  const bit = isSync ? 1 : frame.sequence
  line.last = { memory: unit.memory, bit, command, answer: bytes }
  write(line, bytes, command)
}

const write = (line: Line, frame: Uint8Array, command: Uint8Array): void => {
  const chunks = firstOf(line.behaviours, (one) => one.onAnswer?.(frame, command))
  const send = (bytes: Uint8Array) => {
    if (line.cable?.writable === true) line.cable.write(bytes)
  }
  for (const { bytes, afterMs = 0 } of chunks ?? [{ bytes: frame }]) {
    if (afterMs === 0) send(bytes)
    else line.unit.clock.after(afterMs, () => send(bytes))
  }
}

const firstOf = <T>(
  behaviours: readonly Behaviour[],
  ask: (behaviour: Behaviour) => T | undefined,
): T | undefined => {
  for (const behaviour of behaviours) {
    const asked = ask(behaviour)
    if (asked !== undefined) return asked
  }
  return undefined
}
