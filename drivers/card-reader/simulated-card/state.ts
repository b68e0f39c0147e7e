// What a simulated card keeps without power, as JSON: the whole of its truth (power-card.md 7.1).
import { z } from 'zod'
import { CardSerial } from '../../../domain/identifiers.ts'
import { cardKeyNames } from '../../../domain/power-card/keys.ts'
import { journalFile } from '../../../domain/power-card/layout.ts'

const bytes = (count: number) => z.string().regex(new RegExp(`^[0-9a-f]{${count * 2}}$`))
const Key = bytes(16)

/** Tries a card gives to a key before it is blocked (5.4). */
export const fullTries = { K_EA: 10, K_EM: 10, K_AD: 5 } as const

const tries = (most: number) => z.int().min(0).max(most)

export const CardState = z.strictObject({
  protocol: z.enum(['T=0', 'T=1']),
  serial: CardSerial,
  /** Set for good once the keys are written and EF01 begins with 68 (3). */
  issued: z.boolean(),
  keyVersion: z.int().min(0).max(0xffff),
  /** A new card has only K_AD. */
  keys: z.partialRecord(z.enum(cardKeyNames), Key),
  tries: z.strictObject({
    K_EA: tries(fullTries.K_EA),
    K_EM: tries(fullTries.K_EM),
    K_AD: tries(fullTries.K_AD),
  }),
  /** By SFI. */
  files: z.strictObject({
    1: bytes(60),
    2: bytes(40),
    3: bytes(201),
    4: bytes(201),
    5: bytes(128),
    7: bytes(120),
  }),
  /** EF06, the newest record first. */
  journal: z.array(bytes(journalFile.recordSize)).max(journalFile.records),
})
export type CardState = z.infer<typeof CardState>

export type FileNumber = keyof CardState['files']

export const isFileNumber = (sfi: number): sfi is FileNumber => (sfi >= 1 && sfi <= 5) || sfi === 7
