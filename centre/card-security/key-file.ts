// The master keys of the software key store: a file, read once at the start and kept in memory only.
import { readFileSync, statSync } from 'node:fs'
import { z } from 'zod'
import { problemsOf } from '../../domain/schema.ts'

const Key = z.string().regex(/^[0-9a-f]{32}$/, 'must be 16 bytes as lower-case hex')
const Version = z.string().regex(/^[0-9a-f]{4}$/, 'must be a key version: 2 bytes as hex')

/** The master keys of one key version (power-card.md 5.2). K_MT has versions of its own (5.3). */
const CardKeys = z.strictObject({
  MK_IA: Key,
  MK_EA: Key,
  MK_EM: Key,
  MK_AD: Key,
  MK_MP: Key,
  MK_MM: Key,
})
const MeterKeys = z.strictObject({ MK_MT: Key })

/** Cards of a version that is not here are refused before money; so the file is the list of accepted versions (5.3). */
export const KeyFile = z.strictObject({
  about: z.string().optional(),
  cards: z.record(Version, CardKeys),
  meters: z.record(Version, MeterKeys),
})
export type KeyFile = z.infer<typeof KeyFile>

/** Reads the key file, or says in one sentence why the centre cannot start with it. */
export const readKeyFile = (
  path: string,
  { bench }: { bench: boolean },
): { kind: 'keys'; keys: KeyFile } | { kind: 'wrong'; problem: string } => {
  const wrong = (problem: string) => ({ kind: 'wrong' as const, problem })
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (missing) return wrong(`keys.file: there is no key file at ${path}`)
    return wrong(`keys.file: ${path} cannot be read as JSON`)
  }
  const parsed = KeyFile.safeParse(value)
  // The problem must not carry the key that was found: it would end in a log.
  if (!parsed.success) return wrong(`keys.file: ${problemsOf(parsed.error, {}).join('; ')}`)
  if (bench) return { kind: 'keys', keys: parsed.data }
  if ((statSync(path).mode & 0o077) !== 0) {
    return wrong(`keys.file: ${path} is readable by others; its mode must be 0600`)
  }
  const published = publishedIn(parsed.data)
  return published === null
    ? { kind: 'keys', keys: parsed.data }
    : wrong(
        `keys.file: ${published} is a published test key (power-card.md 15.2); ` +
          'only a bench may use it (keys.bench: true)',
      )
}

/** The published keys are 16 equal bytes; no key of such a form is a secret. */
const publishedIn = ({ cards, meters }: KeyFile): string | null => {
  for (const [kind, versions] of Object.entries({ cards, meters })) {
    for (const [version, keys] of Object.entries<Record<string, string>>(versions)) {
      const weak = Object.entries(keys).find(([, key]) => /^(..)\1{15}$/.test(key))
      if (weak !== undefined) return `${kind}.${version}.${weak[0]}`
    }
  }
  return null
}
