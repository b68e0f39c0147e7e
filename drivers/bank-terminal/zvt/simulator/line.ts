// A simulated bank terminal on its line: frames in and out, acknowledgements, and whatever goes wrong there.
import type { Duplex } from 'node:stream'
import { decodeApdus, encodeApdu, type Apdu } from '../apdu.ts'
import { hexOf } from '../bytes.ts'
import { ack, decodeFrames, encodeFrame, nak } from '../frames.ts'
import { control } from '../requests.ts'
import type { Behaviour } from './behaviours.ts'
import { firstOf, later, type Memory, type Unit } from './unit.ts'

type Line = {
  unit: Unit
  framing: 'serial' | 'tcp'
  cable: Duplex | null
  hear: (apdu: Apdu) => void
  /** Waits for ACK. It belongs to the memory it was sent in. */
  sending: {
    memory: Memory
    bytes: Uint8Array
    apdu: Apdu
    left: number
    settle: (got: boolean) => void
  } | null
  stopWaiting: () => void
  queue: { memory: Memory; last: Promise<unknown> } | null
  /** The last frame taken, until something is said: the same again is a repeat. */
  last: { memory: Memory; apdu: string } | null
}

export const simulatorLine = (
  unit: Unit,
  { framing, hear }: { framing: 'serial' | 'tcp'; hear: (apdu: Apdu) => void },
) => {
  const line: Line = {
    unit,
    framing,
    cable: null,
    hear,
    sending: null,
    stopWaiting: () => {},
    queue: null,
    last: null,
  }
  unit.say = (apdu, onOut = () => {}) => say(line, apdu, onOut)
  return {
    /** Plugs the cable in; the one before is let go. */
    attach: (cable: Duplex): void => {
      let rest: Uint8Array = Uint8Array.of()
      line.cable = cable
      cable.on('error', () => {})
      cable.on('data', (chunk: Uint8Array) => {
        if (line.cable !== cable) return
        rest = (framing === 'serial' ? hearFrames : hearApdus)(
          line,
          Uint8Array.of(...rest, ...chunk),
        )
      })
    },
    /** Puts a way of misbehaving in front; the returned function takes it away again. */
    behave: (behaviour: Behaviour): (() => void) => {
      unit.behaviours.unshift(behaviour)
      return () => {
        unit.behaviours = unit.behaviours.filter((one) => one !== behaviour)
      }
    },
  }
}

const isDeaf = ({ unit }: Line): boolean =>
  !unit.truth.powered || unit.memory.booting || unit.silent

const hearApdus = (line: Line, bytes: Uint8Array): Uint8Array => {
  const { out, rest } = decodeApdus(bytes)
  for (const apdu of out) if (!isDeaf(line)) line.hear(apdu)
  return rest
}

const hearFrames = (line: Line, bytes: Uint8Array): Uint8Array => {
  const { out, rest } = decodeFrames(bytes)
  for (const one of out) {
    if (isDeaf(line)) continue
    if (one.kind === 'ack') {
      if (firstOf(line.unit.behaviours, ({ onAck }) => onAck?.()) !== 'lost') acknowledged(line)
    } else if (one.kind === 'nak') again(line)
    else if (one.kind === 'frame') take(line, one.apdu)
    else if (one.why !== 'noise') write(line, Uint8Array.of(nak))
  }
  return rest
}

const take = (line: Line, apdu: Apdu): void => {
  const { behaviours, memory } = line.unit
  if (firstOf(behaviours, ({ onFrame }) => onFrame?.(apdu)) === 'lost') return
  const own = firstOf(behaviours, ({ onOwnAck }) => onOwnAck?.(apdu))
  if (own === 'nak') return write(line, Uint8Array.of(nak))
  if (own !== 'lost') write(line, Uint8Array.of(ack))
  const name = hexOf(encodeApdu(apdu))
  if (line.last?.memory === memory && line.last.apdu === name) return
  line.last = { memory, apdu: name }
  // An answer shows that what it answers has arrived. A command shows nothing: a new host may not have heard a word.
  if (isAnswer(apdu)) acknowledged(line)
  line.hear(apdu)
}

const isAnswer = ({ control: name }: Apdu): boolean => name === control.done || name >> 8 === 0x84

const acknowledged = (line: Line): void => {
  line.stopWaiting()
  const { sending } = line
  line.sending = null
  sending?.settle(true)
}

/** One after another; what a life without power has left unsaid stays unsaid. */
const say = (
  line: Line,
  apdu: Apdu,
  onOut: () => void,
): Promise<'acknowledged' | 'not acknowledged'> => {
  const { memory } = line.unit
  const before = line.queue?.memory === memory ? line.queue.last : Promise.resolve()
  const said = before.then(() => sayNow(line, memory, apdu, onOut))
  line.queue = { memory, last: said }
  return said
}

const sayNow = (
  line: Line,
  memory: Memory,
  apdu: Apdu,
  onOut: () => void,
): Promise<'acknowledged' | 'not acknowledged'> => {
  if (memory !== line.unit.memory) return new Promise(() => {})
  line.last = null
  if (line.framing === 'tcp') {
    onOut()
    put(line, encodeApdu(apdu), apdu)
    return Promise.resolve('acknowledged')
  }
  return new Promise((resolve) => {
    const settle = (got: boolean) => resolve(got ? 'acknowledged' : 'not acknowledged')
    line.stopWaiting()
    line.sending = { memory, bytes: encodeFrame(apdu), apdu, left: 2, settle }
    onOut()
    send(line)
  })
}

const send = (line: Line): void => {
  const { sending, unit } = line
  if (sending === null) return
  line.stopWaiting = later(unit, unit.delays.acknowledge, () => again(line))
  put(line, sending.bytes, sending.apdu)
}

/** Devices.md 10.2: twice at most. */
const again = (line: Line): void => {
  const { sending } = line
  if (sending === null || sending.memory !== line.unit.memory) return
  line.stopWaiting()
  sending.left -= 1
  if (sending.left >= 0) return send(line)
  line.sending = null
  return sending.settle(false)
}

const put = (line: Line, bytes: Uint8Array, apdu: Apdu): void => {
  const chunks = firstOf(line.unit.behaviours, ({ onOut }) => onOut?.(bytes, apdu))
  for (const { bytes: part, afterMs = 0 } of chunks ?? [{ bytes }]) {
    if (afterMs === 0) write(line, part)
    else later(line.unit, afterMs, () => write(line, part))
  }
}

const write = (line: Line, bytes: Uint8Array): void => {
  if (line.cable?.writable === true) line.cable.write(bytes)
}
