// One insertion at the meter: what is known of the card so far, what it ends with, and how it is written down.
import { readRecord, statusWord } from '../../../domain/power-card/apdu.ts'
import { cardEvent, readCardRecord } from '../../../domain/power-card/card-record.ts'
import type { Parameters } from '../../../domain/power-card/parameters.ts'
import { cardKey, type CardKeys, type MasterKeys } from '../../../domain/power-card/keys.ts'
import { cardFiles } from '../../../domain/power-card/layout.ts'
import { appendRecord, update } from '../../../domain/power-card/sessions.ts'
import { meterRecord, writeBackImage, type MeterKeys, type Taken } from './images.ts'
import { NoAnswer, openSession, type MeterLine, type MeterSession } from './line.ts'
import type { MeterState } from './state.ts'

/** By key version. A real meter holds MK_EM and MK_MM of its area, and its own K_MT instead of MK_MT (5.1). */
export type MeterMasterKeys = {
  cards: ReadonlyMap<number, Pick<MasterKeys, 'MK_EM' | 'MK_MM'>>
  meters: ReadonlyMap<number, Uint8Array>
}

export type MeterOptions = {
  masterKeys: MeterMasterKeys
  /** Milliseconds since 1970 of the true time. */
  now: () => number
  random: (length: number) => Uint8Array
}

/** `state` is settled before anything begins; every change is one assignment, so that none can be half done. */
export type Meter = MeterOptions & {
  state: MeterState
  keys: () => MeterKeys
  nowSeconds: () => number
}

/** How an insertion ended. */
export type Inserted = {
  /** Of 10.6, as on the meter's display. */
  code: number
  /** In the unit of the mode; 0 unless this insertion brought something. */
  credited: number
  writtenBack: boolean
  journalled: boolean
}

/** The card as far as it has been looked at in plain (steps 2 to 7). */
export type SeenCard = {
  serial: Uint8Array
  ef01: Uint8Array
  parameters: Parameters
  keys: Pick<CardKeys, 'K_EM' | 'K_MM'>
}

export const cardKeysFor = (
  { masterKeys }: Meter,
  of: { serial: Uint8Array; keyVersion: number },
): Pick<CardKeys, 'K_EM' | 'K_MM'> | null => {
  const masters = masterKeys.cards.get(of.keyVersion)
  if (masters === undefined) return null
  return { K_EM: cardKey('K_EM', masters.MK_EM, of), K_MM: cardKey('K_MM', masters.MK_MM, of) }
}

export const openSessionWith = (meter: Meter, line: MeterLine, card: SeenCard): MeterSession =>
  openSession(line, { ...card, random: meter.random })

export type Note = { event: number; orderNumber?: string; amount?: number; count: number }

/** Steps 23 and 24: write-back, then journal, in this order: the write-back is what the next sale depends on. */
export const writeDown = (
  meter: Meter,
  { line, session, card }: { line: MeterLine; session: MeterSession; card: SeenCard },
  of: {
    result: number
    /** The meter as the write-back shows it: for all but one service card, as it is now. */
    shown?: MeterState
    taken: Taken
    note: Note
    /** Of an insertion that ends before both are acknowledged. */
    codeIfPulled: number
    credited: number
  },
): Inserted => {
  const { serial } = card
  const { result, taken, note, credited } = of
  const common = { serial, keys: meter.keys(), nowSeconds: meter.nowSeconds() }
  const done: Inserted = { code: result, credited, writtenBack: false, journalled: false }
  try {
    const image = writeBackImage(of.shown ?? meter.state, { result, taken, ...common })
    session.write(update(cardFiles.writeBack.sfi, image))
    done.writtenBack = true
    if (!isNotedAlready(meter, line, note)) {
      session.write(appendRecord(meterRecord(meter.state, { ...note, ...common })))
      done.journalled = true
    }
    return done
  } catch (error) {
    if (error instanceof NoAnswer) return { ...done, code: of.codeIfPulled }
    throw error
  }
}

/** Looking at the balance again and again must not push out the history (10.3). */
const isNotedAlready = ({ state }: Meter, line: MeterLine, note: Note): boolean => {
  if (note.event !== cardEvent.writtenBack) return false
  const answer = line.ask(readRecord(1))
  if (answer.statusWord !== statusWord.done) return false
  const read = readCardRecord(answer.data)
  if (read.kind === 'malformed') return false
  const { event, terminal, count } = read.record
  return event === note.event && terminal === state.number && count === note.count
}
