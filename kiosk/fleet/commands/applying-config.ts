// A configuration that came by a command: checked as a start would check it, and put in place so that the old one is kept.
import { isDeepStrictEqual } from 'node:util'
import type { CommandKey } from '../../../domain/fleet/commands.ts'
import { secretMembers } from '../../../domain/fleet/operations.ts'
import { unpacked } from '../../../domain/fleet/packed.ts'
import { sha256 } from '../../../domain/journal-chain.ts'
import { parseConfig, type KioskConfig } from '../../config.ts'
import type { Disk } from '../../disk.ts'
import { isObject } from '../../flight-recorder/redacting.ts'
import { beginTrial } from './config-trial.ts'

export type CheckedConfig =
  | { kind: 'config'; text: string; hash: string }
  /** It is what the kiosk runs with. */
  | { kind: 'in place' }
  /** `words`: a line for each problem; no value of a secret member is in them. */
  | { kind: 'refused'; code: 'unreadable' | 'secret' | 'notFromAfar' | 'invalid'; words: string }

/** How a device is used. All else of it says which one it is and where: whoever names another one takes the money there. */
const fromAfar = new Set(['model', 'slip', 'sequence', 'endOfDayHour'])

const device =
  (role: keyof KioskConfig['devices']) =>
  ({ devices }: KioskConfig): unknown =>
    Object.entries(devices[role] ?? {}).filter(([name]) => !fromAfar.has(name))

/**
 * What is only changed on site: whose kiosk it is, where its money is counted, what would cut it off from the office, which
 * programs run, which file is written, and by which devices it lives. Who may open it is in the secret members.
 */
const onSite: Record<string, (config: KioskConfig) => unknown> = {
  'kiosk.number': ({ kiosk }) => kiosk.number,
  edition: ({ edition }) => edition,
  centre: ({ centre }) => centre,
  currency: ({ currency }) => currency,
  dataFolder: ({ dataFolder }) => dataFolder,
  machine: ({ machine }) => machine,
  'fleet.url': ({ fleet }) => fleet?.url,
  'fleet.tenant': ({ fleet }) => fleet?.tenant,
  'fleet.passwordFile': ({ fleet }) => fleet?.passwordFile,
  'fleet.tls': ({ fleet }) => fleet?.tls,
  'devices.noteAcceptor': device('noteAcceptor'),
  'devices.bankTerminal': device('bankTerminal'),
  'devices.cardReader': device('cardReader'),
  'devices.receiptPrinter': device('receiptPrinter'),
  'devices.serviceSwitch': device('serviceSwitch'),
  'log.file': ({ log }) => log.file,
}

export const checkedConfig = (
  packedConfig: string,
  { inPlace, signedWith }: { inPlace: string; signedWith: CommandKey | undefined },
): CheckedConfig => {
  const sent = objectOf(unpacked(packedConfig))
  const old = objectOf(inPlace)
  if (sent === null || old === null) return refused('unreadable', ['the configuration is not JSON'])
  const told = secretMembers.filter((path) => memberAt(sent, path) !== undefined)
  if (told.length > 0) {
    return refused(
      'secret',
      told.map((path) => `${path.join('.')}: must not be sent`),
    )
  }
  // Secrets are taken over from the configuration in place.
  for (const path of secretMembers) keepSecret(sent, old, path)
  const text = `${JSON.stringify(sent, null, 2)}\n`
  const [now, next] = [parseConfig(inPlace), parseConfig(text)]
  if (next.kind === 'problems') return refused('invalid', next.problems)
  if (now.kind === 'problems') return refused('unreadable', now.problems)
  const changed = Object.entries(onSite).filter(
    ([, of]) => JSON.stringify(of(next.config)) !== JSON.stringify(of(now.config)),
  )
  if (changed.length > 0) {
    return refused(
      'notFromAfar',
      changed.map(([name]) => `${name}: is changed on site only`),
    )
  }
  // Keys come and go, but for the one that could take this back.
  if (!next.config.fleet?.commandKeys.some((each) => isDeepStrictEqual(each, signedWith))) {
    return refused('notFromAfar', ['fleet.commandKeys: must keep the key that this is signed with'])
  }
  if (JSON.stringify(next.config) === JSON.stringify(now.config)) return { kind: 'in place' }
  return { kind: 'config', text, hash: sha256(text) }
}

/** The old one first, beside it; after a power cut either is in place as a whole. */
export const putInPlace = async (path: string, text: string, disk: Disk): Promise<void> => {
  await beginTrial(path, disk)
  await disk.replaceFile(path, text)
}

const refused = (
  code: Extract<CheckedConfig, { kind: 'refused' }>['code'],
  problems: readonly string[],
): CheckedConfig => ({ kind: 'refused', code, words: problems.join('\n') })

const objectOf = (text: string | null): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

const memberAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce((at, name) => (isObject(at) ? at[name] : undefined), value)

const keepSecret = (
  sent: Record<string, unknown>,
  old: Record<string, unknown>,
  path: readonly string[],
): void => {
  const holder = memberAt(sent, path.slice(0, -1))
  const secret = memberAt(old, path)
  if (isObject(holder) && secret !== undefined) holder[path.at(-1) ?? ''] = secret
}
