// Reading from a simulated card: in plain, by record, and with a MAC over the reader's nonce (power-card.md 6.4, 6.5).
import { statusWord } from '../../../domain/power-card/apdu.ts'
import { concat, fromHex } from '../../../domain/power-card/bytes.ts'
import { journalFile } from '../../../domain/power-card/layout.ts'
import { readMac, type ReadLabel } from '../../../domain/power-card/proofs.ts'
import { given, givenInPart, heldOrGiven, type Chip, type Command, type Reply } from './chip.ts'
import { isFileNumber } from './state.ts'

/** The file that P1 = 80 + SFI names, or why it names none. */
export const fileIn = (p1: number): { sfi: number } | { word: number } => {
  if ((p1 & 0xe0) !== 0x80) return { word: statusWord.wrongParameters }
  const sfi = p1 & 0x1f
  return sfi >= 1 && sfi <= 7 ? { sfi } : { word: statusWord.notFound }
}

export const readBinary = (chip: Chip, { p1, p2, data, le }: Command): Reply => {
  const bySfi = p1 >= 0x80
  const named = bySfi ? fileIn(p1) : currentFile(chip)
  if ('word' in named) return named
  if (data.length > 0 || le === null) return { word: statusWord.wrongLength }
  const content = contentFrom(chip, named.sfi, bySfi ? p2 : p1 * 0x100 + p2)
  if ('word' in content) return content
  const reply = givenInPart(chip, content.bytes, le)
  if (reply.word === statusWord.done) chip.volatile.currentFile = named.sfi
  return reply
}

const currentFile = ({ volatile }: Chip): { sfi: number } | { word: number } =>
  volatile.currentFile === null ? { word: statusWord.noRight } : { sfi: volatile.currentFile }

/** From `offset` to the end of the file. */
const contentFrom = (
  { memory }: Chip,
  sfi: number,
  offset: number,
): { bytes: Uint8Array } | { word: number } => {
  const { issued, files } = memory.content()
  if (!issued) return { word: statusWord.wrongRange }
  if (!isFileNumber(sfi)) return { word: statusWord.wrongFileType }
  const bytes = fromHex(files[sfi]).subarray(offset)
  return bytes.length === 0 ? { word: statusWord.wrongRange } : { bytes }
}

export const readRecord = (chip: Chip, { p1, p2, data, le }: Command): Reply => {
  const { sfi } = journalFile
  if (p1 === 0 || p2 !== ((sfi << 3) | 4)) return { word: statusWord.wrongParameters }
  if (data.length > 0 || le === null) return { word: statusWord.wrongLength }
  const { issued, journal } = chip.memory.content()
  if (!issued) return { word: statusWord.wrongRange }
  const record = journal[p1 - 1]
  if (record === undefined) return { word: statusWord.recordNotFound }
  const reply = given(chip, fromHex(record), le)
  if (reply.word === statusWord.done) chip.volatile.currentFile = sfi
  return reply
}

export const macedRead = (chip: Chip, { p1, p2, data, le }: Command): Reply => {
  const named = fileIn(p1)
  if ('word' in named) return named
  if (data.length !== 8) return { word: statusWord.wrongLength }
  const content = contentFrom(chip, named.sfi, p2)
  if ('word' in content) return content
  const { serial, keys } = chip.memory.content()
  const label = labelOf(chip)
  const key = label === 'RM' ? keys.K_MM : keys.K_MP
  if (key === undefined) return { word: statusWord.keyNotFound }
  const mac = readMac(label, fromHex(key), {
    nonce: data,
    serial: fromHex(serial),
    sfi: named.sfi,
    offset: p2,
    data: content.bytes,
  })
  return heldOrGiven(chip, concat(content.bytes, mac), le)
}

/** The label tells the verifier in which state the card was. */
const labelOf = ({ volatile: { session } }: Chip): ReadLabel => {
  if (session === null) return 'RB'
  return session.role === 'meter' ? 'RM' : 'RO'
}
