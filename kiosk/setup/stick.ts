// A code that a technician brings on a USB stick: a text file, and in it one line that is a code.
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readCode } from '../../domain/enrolment/enrolment-code.ts'

/** A larger file is something else. */
const longestBytes = 4_096
/** `/media/STICK`, `/run/media/USER/STICK`. */
const deepest = 2

/** The first code in a file of this name that is found; null when there is none. Nothing else is read. */
export const codeOnStick = async (folders: readonly string[]): Promise<string | null> => {
  for (const folder of folders) {
    const code = await codeIn(folder, deepest)
    if (code !== null) return code
  }
  return null
}

export const codeFileName = 'wattpoint-code.txt'

const codeIn = async (folder: string, depth: number): Promise<string | null> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  if (entries.some((entry) => entry.name === codeFileName && entry.isFile())) {
    const code = await codeOf(join(folder, codeFileName))
    if (code !== null) return code
  }
  if (depth === 0) return null
  for (const entry of entries.filter((each) => each.isDirectory())) {
    const code = await codeIn(join(folder, entry.name), depth - 1)
    if (code !== null) return code
  }
  return null
}

const codeOf = async (path: string): Promise<string | null> => {
  try {
    if ((await stat(path)).size > longestBytes) return null
    const lines = (await readFile(path, 'utf8')).split(/\r?\n/)
    return lines.find((line) => readCode(line).kind === 'code')?.trim() ?? null
  } catch {
    return null
  }
}
