// A simulated card under power: what it keeps, what it forgets, and the two ways it hands out an answer (power-card.md 2.2, 7.1).
import { statusWord } from '../../../domain/power-card/apdu.ts'
import type { Role } from '../../../domain/power-card/sessions.ts'
import type { CardMemory } from './memory.ts'

export type OpenSession = {
  role: Role
  key: Uint8Array
  /** Number of the next write. */
  sequence: number
  /** SE: admin sessions only. */
  wrapping: Uint8Array | null
}

/** Lost with every reset. */
export type Volatile = {
  applicationSelected: boolean
  /** SFI of the current file. */
  currentFile: number | null
  /** Lives for exactly one command. */
  challenge: Uint8Array | null
  /** Waits for GET RESPONSE. */
  held: Uint8Array | null
  session: OpenSession | null
}

export const afterReset = (): Volatile => ({
  applicationSelected: false,
  currentFile: null,
  challenge: null,
  held: null,
  session: null,
})

export type Chip = {
  memory: CardMemory
  volatile: Volatile
  random: (length: number) => Uint8Array
}

/** A short APDU. `data` is empty when there is none; `le` is the byte itself, 0 to 255. */
export type Command = {
  cla: number
  ins: number
  p1: number
  p2: number
  data: Uint8Array
  le: number | null
}

/** Null when its length does not agree with its Lc: only short APDUs exist, and an Lc of 00 does not. */
export const commandOf = (apdu: Uint8Array): Command | null => {
  const [cla, ins, p1, p2, fifth] = apdu
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) return null
  const command = { cla, ins, p1, p2, data: new Uint8Array(), le: null }
  if (fifth === undefined) return command
  if (apdu.length === 5) return { ...command, le: fifth }
  const rest = apdu.length - 5 - fifth
  if (fifth === 0 || rest < 0 || rest > 1) return null
  return { ...command, data: apdu.slice(5, 5 + fifth), le: rest === 1 ? (apdu.at(-1) ?? 0) : null }
}

export type Reply = { word: number; data?: Uint8Array }

export const done: Reply = { word: statusWord.done }

const wrongLe = (available: number): Reply => ({ word: statusWord.wrongLe | available })

/** Answer data of a command without data (case 2). */
export const given = (chip: Chip, data: Uint8Array, le: number): Reply =>
  le === data.length || (le === 0 && isBlockwise(chip))
    ? { word: statusWord.done, data }
    : wrongLe(data.length)

/** As `given`, but fewer bytes than there are may be asked for: READ BINARY alone. */
export const givenInPart = (chip: Chip, data: Uint8Array, le: number): Reply =>
  le > 0 && le <= data.length
    ? { word: statusWord.done, data: data.slice(0, le) }
    : given(chip, data, le)

/** Answer data of a command with data (cases 3 and 4): in T=0 always, in T=1 without Le, it is held. */
export const heldOrGiven = (chip: Chip, data: Uint8Array, le: number | null): Reply => {
  if (le !== null && isBlockwise(chip)) return given(chip, data, le)
  chip.volatile.held = data
  return { word: statusWord.held | data.length }
}

/** In T=1 command and answer travel in blocks, so that an answer can follow a command with data. */
const isBlockwise = ({ memory }: Chip): boolean => memory.content().protocol === 'T=1'
