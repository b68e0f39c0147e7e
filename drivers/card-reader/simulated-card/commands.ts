// Every command a simulated card can be sent, in the one order of precedence of its answers (power-card.md 6.2).
import { statusWord } from '../../../domain/power-card/apdu.ts'
import { externalAuthenticate, getChallenge, internalAuthenticate } from './authentication.ts'
import { commandOf, type Chip, type Reply } from './chip.ts'
import { macedRead, readBinary, readRecord } from './reads.ts'
import { getResponse, select } from './select.ts'
import { appendRecord, resetRetry, update, writeKeys } from './writes.ts'

const instruction = {
  externalAuthenticate: 0x82,
  getChallenge: 0x84,
  internalAuthenticate: 0x88,
  select: 0xa4,
  readBinary: 0xb0,
  readRecord: 0xb2,
  getResponse: 0xc0,
  resetRetry: 0x2c,
  writeKeys: 0xd4,
  update: 0xd6,
  appendRecord: 0xe2,
} as const

const writes: readonly number[] = [
  instruction.update,
  instruction.appendRecord,
  instruction.writeKeys,
  instruction.resetRetry,
]

/** What a command ends "in any case" it ends also when it is malformed or refused (6.3, 7.1). */
export const execute = (chip: Chip, apdu: Uint8Array): Reply => {
  const { volatile } = chip
  const [cla, ins] = apdu
  const { challenge } = volatile
  volatile.challenge = null
  if (cla !== 0x00 || ins !== instruction.getResponse) volatile.held = null
  const isSelect = cla === 0x00 && ins === instruction.select
  const isAuthentication = cla === 0x00 && ins === instruction.externalAuthenticate
  if (isSelect || isAuthentication) volatile.session = null
  const reply = answer(chip, apdu, challenge)
  const isWrite = ins !== undefined && writes.includes(ins)
  if (isWrite && reply.word !== statusWord.done) volatile.session = null
  return reply
}

const answer = (chip: Chip, apdu: Uint8Array, challenge: Uint8Array | null): Reply => {
  const command = commandOf(apdu)
  if (command === null) return { word: statusWord.wrongLength }
  const { cla, ins } = command
  if (cla !== 0x00 && cla !== 0x04) return { word: statusWord.unknownClass }
  const known = cla === 0x00 ? plain(ins, challenge) : maced(ins)
  if (known === null) return { word: statusWord.unknownInstruction }
  const beforeSelect = ins === instruction.select || ins === instruction.getResponse
  if (!chip.volatile.applicationSelected && !beforeSelect) return { word: statusWord.notNow }
  return known(chip, command)
}

type Handler = (chip: Chip, command: Exclude<ReturnType<typeof commandOf>, null>) => Reply

const plain = (ins: number, challenge: Uint8Array | null): Handler | null => {
  switch (ins) {
    case instruction.select:
      return select
    case instruction.getResponse:
      return getResponse
    case instruction.readBinary:
      return readBinary
    case instruction.readRecord:
      return readRecord
    case instruction.getChallenge:
      return getChallenge
    case instruction.internalAuthenticate:
      return internalAuthenticate
    case instruction.externalAuthenticate:
      return (chip, command) => externalAuthenticate(chip, command, challenge)
    default:
      // A write without a MAC is known, and refused before anything else about it is looked at.
      return writes.includes(ins) ? () => ({ word: statusWord.noSession }) : null
  }
}

const maced = (ins: number): Handler | null => {
  switch (ins) {
    case instruction.readBinary:
      return macedRead
    case instruction.update:
      return update
    case instruction.appendRecord:
      return appendRecord
    case instruction.writeKeys:
      return writeKeys
    case instruction.resetRetry:
      return resetRetry
    default:
      return null
  }
}
