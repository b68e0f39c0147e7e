// What a release says of itself (release.json), signed: its number, its machine, and each of its files.
import { verify, type KeyObject } from 'node:crypto'
import { z } from 'zod'

export const manifestName = 'release.json'
export const manifestSignatureName = 'release.json.sig'

/** A path inside a release: relative, and never above it. */
const Path = z.string().refine((path) => !path.startsWith('/') && !path.split('/').includes('..'))

export const Manifest = z.object({
  /** Names the folder. */
  version: z.string().regex(/^[0-9A-Za-z][0-9A-Za-z.+-]{0,63}$/),
  /** Counts up by one each release: an older one is never put in. */
  number: z.int().positive(),
  /** `linux-x64`: as Node says it. */
  machine: z.string(),
  /** But for the manifest and its signature every file of the release; `mode` as 420 for 0644. */
  files: z.record(Path, z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), mode: z.int() })),
})
export type Manifest = z.infer<typeof Manifest>

/** Null when it is not one. */
export const manifestIn = (text: string): Manifest | null => {
  try {
    return Manifest.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** Ed25519 over the bytes as they are. */
export const isSigned = (bytes: Uint8Array, signature: Uint8Array, key: KeyObject): boolean =>
  signature.length === 64 && verify(null, bytes, key, signature)
