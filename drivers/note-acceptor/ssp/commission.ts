// Commissioning a validator: says whose serial number to enrol, and changes the fixed half of its key.
//
//   node drivers/note-acceptor/ssp/commission.ts --port /dev/kiosk/notes [--key HEX] [--change-key]
import { randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { parseArgs } from 'node:util'
import { never } from '../../../domain/never.ts'
import { openSerialLine } from '../../serial-port.ts'
import type { NoteAcceptorUnit } from '../note-acceptor.ts'
import { hexOf } from './bytes.ts'
import { realClock, type Clock } from '../../clock.ts'
import { setFixedKey } from './commands.ts'
import { sspLineSettings } from './driver.ts'
import { factoryFixedKey, secureChance, type Chance } from './encryption.ts'
import { sspLink } from './link.ts'
import { startUp, type Started } from './start-up.ts'

export type CommissioningOptions = {
  line: Duplex
  /** The key the unit has now. */
  fixedKey: bigint
  /** The key it is to have; null leaves it. On paper before: a unit whose key nobody knows goes back to its maker. */
  newFixedKey: bigint | null
  clock?: Clock
  chance?: Chance
}

export type Commissioned =
  /** It answers, inside encryption, with the key it is to have. Values are in main currency units. */
  | { kind: 'commissioned'; unit: NoteAcceptorUnit }
  /** It keeps the key it had. */
  | { kind: 'key refused'; code: number }
  /** It was told the new key and has not proved it: it has one of the two. */
  | { kind: 'key unknown'; why: Exclude<Started['kind'], 'talking'> }
  | Exclude<Started, { kind: 'talking' }>

/** Talks with whatever unit is on the line; polls nothing and takes no notes. The kiosk must not run meanwhile. */
export const commission = async (options: CommissioningOptions): Promise<Commissioned> => {
  const { line, fixedKey, newFixedKey, clock = realClock, chance = secureChance() } = options
  const link = sspLink(line, { clock, chance, report: () => {}, gone: () => {} })
  const meet = (key: bigint) =>
    startUp(link, { enrolledSerial: 'any', fixedKey: key, minorPerUnit: 1 }, chance)
  try {
    const started = await meet(fixedKey)
    if (started.kind !== 'talking') return started
    if (newFixedKey === null) return { kind: 'commissioned', unit: started.unit }
    const asked = await link.ask(setFixedKey(newFixedKey))
    if (asked.kind === 'answered' && asked.answer.kind === 'refused') {
      return { kind: 'key refused', code: asked.answer.code }
    }
    // Whatever was answered: only a talk with the new key proves it.
    const again = await meet(newFixedKey)
    return again.kind === 'talking'
      ? { kind: 'commissioned', unit: again.unit }
      : { kind: 'key unknown', why: again.kind }
  } finally {
    link.close()
  }
}

/** What a technician reads. */
export const inWords = (commissioned: Commissioned): string => {
  switch (commissioned.kind) {
    case 'commissioned': {
      const { serialNumber, firmware, currency, values } = commissioned.unit
      return `Enrol it with "serial": "${serialNumber}". Firmware ${firmware}, ${currency} ${values.join(', ')}.`
    }
    case 'key refused':
      return `The unit refused the new key (${hexOf(Uint8Array.of(commissioned.code))}) and keeps the old one.`
    case 'key unknown':
      return 'The unit was told the new key and did not prove it: it has the old one or the new one. Try again with each.'
    case 'silent':
      return 'Nobody answers: check the cable, the power and the port.'
    case 'not trusted':
      return 'The unit does not know this key: give the one it has with --key.'
    case 'wrong unit':
      return `Another unit answers: ${commissioned.found}.`
    case 'broken':
      return `The unit does not work as a validator should: ${commissioned.code}.`
    default:
      return never(commissioned)
  }
}

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      key: { type: 'string' },
      'change-key': { type: 'boolean', default: false },
    },
  })
  if (values.port === undefined) throw new Error('--port is the line of the note acceptor')
  const newKey = values['change-key'] ? randomBytes(8).toString('hex') : null
  if (newKey !== null) console.log(`The new key: "fixedKey": "${newKey}". Write it down now.`)
  const commissioned = await commission({
    line: await openSerialLine(values.port, sspLineSettings),
    fixedKey: values.key === undefined ? factoryFixedKey : BigInt(`0x${values.key}`),
    newFixedKey: newKey === null ? null : BigInt(`0x${newKey}`),
  })
  console.log(inWords(commissioned))
  process.exitCode = commissioned.kind === 'commissioned' ? 0 : 1
}

if (import.meta.main) await main()
