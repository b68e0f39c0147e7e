// Secured writes on a simulated card: who may write what, and how much of it (power-card.md 3, 6.9).
import { statusWord } from '../../../domain/power-card/apdu.ts'
import { fromHex, isZero, toHex, u16At } from '../../../domain/power-card/bytes.ts'
import { sameMac, unwrap } from '../../../domain/power-card/cmac.ts'
import { cardKeyNames } from '../../../domain/power-card/keys.ts'
import { cardFiles, journalFile, queueSlotSize, sizeOf } from '../../../domain/power-card/layout.ts'
import { roles, writeMac, type Role } from '../../../domain/power-card/sessions.ts'
import { done, type Chip, type Command, type OpenSession, type Reply } from './chip.ts'
import { roleWith } from './authentication.ts'
import { fileIn } from './reads.ts'
import { fullTries, isFileNumber, type CardState, type FileNumber } from './state.ts'

const macSize = 8

/** What is left to decide once the command is well formed: steps 9 to 15 of 6.2. */
type Asked = {
  wrongFileType?: boolean
  may: (role: Role) => boolean
  fits?: (role: Role, body: Uint8Array) => boolean
  change: (draft: CardState, body: Uint8Array, session: OpenSession) => void
}

const secured = (chip: Chip, { cla, ins, p1, p2, data }: Command, asked: Asked): Reply => {
  const { session } = chip.volatile
  if (session === null) return { word: statusWord.noSession }
  if (asked.wrongFileType === true) return { word: statusWord.wrongFileType }
  const body = data.subarray(0, -macSize)
  const header = Uint8Array.of(cla, ins, p1, p2, data.length)
  const mac = writeMac(session.key, session.sequence, header, body)
  if (!sameMac(data.subarray(-macSize), mac)) return { word: statusWord.wrongMac }
  if (!asked.may(session.role)) return { word: statusWord.noRight }
  if (asked.fits?.(session.role, body) === false) return { word: statusWord.wrongRange }
  const kept = chip.memory.commit((draft) => {
    asked.change(draft, body, session)
    draft.issued ||= isComplete(draft)
  })
  if (!kept) return { word: statusWord.memoryFailure }
  session.sequence++
  return done
}

/** Un-issued until both hold: the keys are written, and EF01 begins with 68 (3). */
const isComplete = ({ keys, files }: CardState): boolean =>
  cardKeyNames.every((name) => keys[name] !== undefined) && files[1].startsWith('68')

export const update = (chip: Chip, command: Command): Reply => {
  const named = fileIn(command.p1)
  if ('word' in named) return named
  if (command.data.length <= macSize) return { word: statusWord.wrongLength }
  const { sfi } = named
  const offset = command.p2
  if (!isFileNumber(sfi)) {
    return secured(chip, command, { wrongFileType: true, may: () => false, change: () => {} })
  }
  return secured(chip, command, {
    may: (role) => role !== 'meter' || sfi === cardFiles.writeBack.sfi,
    fits: (role, body) => isWhole(role, sfi, offset, body),
    change: (draft, body) => {
      const file = fromHex(draft.files[sfi])
      file.set(body, offset)
      draft.files[sfi] = toHex(file)
    },
  })
}

/** Files are written whole; the office only clears EF05, and EF07 goes by slots. */
const isWhole = (role: Role, sfi: FileNumber, offset: number, body: Uint8Array): boolean => {
  if (sfi === cardFiles.queue.sfi) {
    return body.length === queueSlotSize && [0, 40, 80].includes(offset)
  }
  if (sfi === cardFiles.writeBack.sfi && role === 'office') {
    return offset === 0 && body.length === 8 && isZero(body)
  }
  return offset === 0 && body.length === sizeOf(sfi)
}

export const appendRecord = (chip: Chip, command: Command): Reply => {
  const { sfi, records, recordSize } = journalFile
  if (command.p1 !== 0 || command.p2 !== sfi << 3) return { word: statusWord.wrongParameters }
  if (command.data.length !== recordSize + macSize) return { word: statusWord.wrongLength }
  return secured(chip, command, {
    may: () => true,
    change: (draft, body) => {
      draft.journal = [toHex(body), ...draft.journal].slice(0, records)
    },
  })
}

/** All six keys, their version and full retry counters in one step. */
export const writeKeys = (chip: Chip, command: Command): Reply => {
  if (command.p1 !== 0 || command.p2 !== 0) return { word: statusWord.wrongParameters }
  if (command.data.length !== 2 + cardKeyNames.length * 16 + macSize) {
    return { word: statusWord.wrongLength }
  }
  return secured(chip, command, {
    may: (role) => role === 'admin',
    change: (draft, body, { wrapping }) => {
      if (wrapping === null) throw new Error('an admin session has a wrapping key')
      const keys = unwrap(wrapping, body.subarray(2))
      for (const [at, name] of cardKeyNames.entries()) {
        draft.keys[name] = toHex(keys.subarray(at * 16, at * 16 + 16))
      }
      draft.keyVersion = u16At(body, 0)
      draft.tries = { ...fullTries }
    },
  })
}

export const resetRetry = (chip: Chip, command: Command): Reply => {
  if (command.p1 !== 0) return { word: statusWord.wrongParameters }
  const role = roleWith(command.p2)
  if (role === null || role === 'admin') return { word: statusWord.keyNotFound }
  const name = roles[role].opens
  if (chip.memory.content().keys[name] === undefined) return { word: statusWord.keyNotFound }
  if (command.data.length !== macSize) return { word: statusWord.wrongLength }
  return secured(chip, command, {
    may: (by) => by === 'admin',
    change: (draft) => {
      draft.tries[name] = fullTries[name]
    },
  })
}
