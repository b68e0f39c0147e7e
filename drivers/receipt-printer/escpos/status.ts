// What the status bits of an ESC/POS printer mean, as faults of a receipt printer (devices.md 11.1, 11.2). Pure.
import type { ReceiptPrinterFault } from '../faults.ts'
import type { AutomaticStatus, FullStatus } from './answers.ts'

export type FaultKind = ReceiptPrinterFault['kind']

/** The answers to one round of questions; `full` where the printer is one of Custom's. */
export type StatusRound = {
  printer: number
  offline: number
  error: number
  paper: number
  full: FullStatus | null
}

/**
 * The faults of a round, the worst first. `paper low` is not told beside `paper out`, nor `offline` or `broken` where
 * the printer names the cause.
 */
export const faultsOfRound = (round: StatusRound): FaultKind[] => {
  const full = round.full ?? { paper: 0, user: 0, recoverable: 0, fatal: 0 }
  return faultsOf({
    'paper out':
      (round.offline & 0x20) !== 0 || (round.paper & 0x60) !== 0 || has(full.paper, 0x01),
    'cover open': has(round.offline, 0x04) || has(full.user, 0x03),
    cutter: has(round.error, 0x08) || has(full.fatal, 0x01),
    'too hot': has(round.error, 0x40) || has(full.recoverable, 0x01),
    // Custom: wrong supply voltage, paper jam; RAM, EEPROM, flash.
    broken:
      has(round.error, 0x20) ||
      has(full.recoverable, 0x08 | 0x40) ||
      has(full.fatal, 0x04 | 0x08 | 0x40),
    error: has(round.offline, 0x40),
    offline: has(round.printer, 0x08 | 0x20),
    // Custom's virtual paper end (40) is a counter the operator sets: the roll will soon be used up.
    'paper low': has(round.paper, 0x0c) || has(full.paper, 0x04 | 0x40),
  })
}

/** The same from the four bytes a printer sends unasked. */
export const faultsOfAutomaticStatus = ([first, second, third]: AutomaticStatus): FaultKind[] =>
  faultsOf({
    'paper out': has(third, 0x0c),
    'cover open': has(first, 0x20),
    cutter: has(second, 0x08),
    'too hot': has(second, 0x40),
    broken: has(second, 0x20),
    error: false,
    offline: has(first, 0x08),
    'paper low': has(third, 0x03),
  })

/** A ticket lies in the output of a Custom presenter. */
export const ticketAtExit = (round: StatusRound): boolean => has(round.full?.paper ?? 0, 0x20)

/** The fault that keeps a receipt off the paper, if there is one. */
export const obstacle = (faults: readonly FaultKind[]): FaultKind | null =>
  faults.find((fault) => fault !== 'paper low') ?? null

type Condition = Record<Exclude<FaultKind, 'not answering'> | 'error', boolean>

const faultsOf = (condition: Condition): FaultKind[] => {
  const causes: FaultKind[] = (
    ['broken', 'cutter', 'cover open', 'paper out', 'too hot'] as const
  ).filter((kind) => condition[kind])
  if (causes.length === 0 && condition.error) causes.push('broken')
  if (causes.length === 0 && condition.offline) causes.push('offline')
  if (condition['paper low'] && !condition['paper out']) causes.push('paper low')
  return causes
}

const has = (bits: number, wanted: number): boolean => (bits & wanted) !== 0
