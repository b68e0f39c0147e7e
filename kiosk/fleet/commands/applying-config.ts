// A configuration that came by a command: checked as a start would check it, and put in place so that the old one is kept.
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

/**
 * What is only changed on site: whose kiosk it is, where its money is counted, what would cut it off from the office, and
 * which programs run.
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
}

export const checkedConfig = (packedConfig: string, inPlace: string): CheckedConfig => {
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
  if (JSON.stringify(next.config) === JSON.stringify(now.config)) return { kind: 'in place' }
  return { kind: 'config', text, hash: sha256(text) }
}

/** The old one first, beside it; after a power cut either is in place as a whole. */
export const putInPlace = async (
  path: string,
  config: { text: string; hash: string },
  disk: Disk,
): Promise<void> => {
  await beginTrial(path, config.hash, disk)
  await disk.replaceFile(path, config.text)
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
  path: readonly [string, string, string],
): void => {
  const device = memberAt(sent, path.slice(0, 2))
  const secret = memberAt(old, path)
  if (isObject(device) && secret !== undefined) device[path[2]] = secret
}
