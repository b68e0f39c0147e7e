// Holds the release that runs against its own list: each file by its digest, the pinned Node among them.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import type { Difference } from './declared.ts'
import { currentRelease } from './places.ts'

/** release.json says more; here only the files count. */
const Listed = z.object({ files: z.record(z.string(), z.object({ sha256: z.string() })) })

/** At most so many are told one by one: a release that is broken as a whole is one thing to know. */
const mostTold = 20

/** A machine without a release has one difference. Never rejects. */
export const releaseDifferences = async (root: string): Promise<Difference[]> => {
  const folder = join(root, currentRelease)
  const what = currentRelease.slice(1)
  let listed: z.infer<typeof Listed>
  try {
    listed = Listed.parse(JSON.parse(await readFile(join(folder, 'release.json'), 'utf8')))
  } catch {
    return [{ class: 'release', what, found: 'no list of its files', expected: 'a release' }]
  }
  const differences: Difference[] = []
  for (const [path, { sha256 }] of Object.entries(listed.files)) {
    if (differences.length === mostTold) break
    const found = await digestOf(join(folder, path))
    if (found === sha256) continue
    differences.push({
      class: 'release',
      what: `${what}/${path}`,
      found: found === null ? 'nothing that can be read' : `content ${found.slice(0, 12)}`,
      expected: `content ${sha256.slice(0, 12)}`,
    })
  }
  return differences
}

const digestOf = async (path: string): Promise<string | null> => {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path), hash)
    return hash.digest('hex')
  } catch {
    return null
  }
}
