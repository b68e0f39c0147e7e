// SELECT, GET RESPONSE, and what a simulated card says of itself and its files (power-card.md 6.3).
import { statusWord } from '../../../domain/power-card/apdu.ts'
import { fromHex, sameBytes, u16, u16At } from '../../../domain/power-card/bytes.ts'
import {
  applicationFile,
  applicationId,
  cryptoProfile,
  journalFile,
  masterFile,
  sizeOf,
} from '../../../domain/power-card/layout.ts'
import { tagged } from '../../../domain/power-card/tlv.ts'
import { done, given, heldOrGiven, type Chip, type Command, type Reply } from './chip.ts'

const byName = 0x04
const byIdentifier = 0x00
const withoutFci = 0x0c

/** That every SELECT ends a session is seen to before it comes here. */
export const select = (chip: Chip, { p1, p2, data, le }: Command): Reply => {
  if ((p1 !== byName && p1 !== byIdentifier) || (p2 !== 0x00 && p2 !== withoutFci)) {
    return { word: statusWord.wrongParameters }
  }
  if (data.length === 0 || (p1 === byIdentifier && data.length !== 2)) {
    return { word: statusWord.wrongLength }
  }
  const file = p1 === byName ? applicationNamed(data) : reachable(chip, u16At(data, 0))
  if (file === null) return { word: statusWord.notFound }
  chip.volatile.applicationSelected = file !== masterFile
  chip.volatile.currentFile = file === masterFile || file === applicationFile ? null : file & 0xff
  // SELECT treats any Le as 00 (2.2).
  return p2 === withoutFci ? done : heldOrGiven(chip, fciOfFile(chip, file), le === null ? null : 0)
}

const applicationNamed = (name: Uint8Array): number | null =>
  sameBytes(name, applicationId) ? applicationFile : null

const reachable = ({ volatile }: Chip, file: number): number | null => {
  if (file === masterFile || file === applicationFile) return file
  const isElementary = file >= 0xef01 && file <= 0xef07
  return isElementary && volatile.applicationSelected ? file : null
}

const fciOfFile = (chip: Chip, file: number): Uint8Array => {
  if (file === applicationFile) return fciOfApplication(chip)
  const identifier = tagged(0x83, u16(file))
  if (file === masterFile) return tagged(0x6f, identifier)
  const sfi = file & 0xff
  const short = tagged(0x88, sfi << 3)
  const size = sizeOf(sfi)
  if (size !== null) {
    return tagged(0x6f, identifier, tagged(0x82, 0x01), tagged(0x80, u16(size)), short)
  }
  const { records, recordSize } = journalFile
  const cyclic = tagged(0x82, 0x06, 0x21, u16(recordSize), records)
  return tagged(0x6f, identifier, cyclic, tagged(0x80, u16(records * recordSize)), short)
}

const fciOfApplication = ({ memory }: Chip): Uint8Array => {
  const { serial, keyVersion, issued, tries } = memory.content()
  return tagged(
    0x6f,
    tagged(0x84, applicationId),
    tagged(
      0xa5,
      tagged(0xc0, fromHex(serial)),
      tagged(0xc1, 1),
      tagged(0xc2, cryptoProfile),
      tagged(0xc3, u16(keyVersion)),
      tagged(0xc4, issued ? 0x05 : 0x00),
      tagged(0xc5, tries.K_EA, tries.K_EM, tries.K_AD),
    ),
  )
}

/** A GET RESPONSE that fails keeps what is held (2.2). */
export const getResponse = (chip: Chip, { p1, p2, data, le }: Command): Reply => {
  if (p1 !== 0 || p2 !== 0) return { word: statusWord.wrongParameters }
  if (data.length > 0 || le === null) return { word: statusWord.wrongLength }
  const { held } = chip.volatile
  if (held === null) return { word: statusWord.notNow }
  const reply = given(chip, held, le)
  if (reply.word === statusWord.done) chip.volatile.held = null
  return reply
}
