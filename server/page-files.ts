// The built pages, read once into memory: what is not in here cannot be asked for.
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

export type PageFile = { bytes: Buffer; type: string }
/** By the path in the address, as `/assets/kiosk-1a2b.js`. */
export type PageFiles = ReadonlyMap<string, PageFile>

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json; charset=utf-8',
}

/**
 * All files of `dist/` that a browser may ask for, with `index` (as `kiosk/index.html`) at `/` too. Throws one sentence
 * when the pages were not built.
 */
export const pageFiles = (folder: string, index: string): PageFiles => {
  const files = new Map<string, PageFile>()
  for (const entry of listed(folder)) {
    const type = types[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const path = join(entry.parentPath, entry.name)
    files.set(path.slice(folder.length).replaceAll('\\', '/'), { bytes: readFileSync(path), type })
  }
  const first = files.get(`/${index}`)
  if (first === undefined) throw new Error(notBuilt(folder, index))
  return files.set('/', first)
}

const listed = (folder: string) => {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
  } catch {
    return []
  }
}

const notBuilt = (folder: string, index: string): string =>
  `the pages are not built: found no ${index} in ${folder}; build them with "npm run build"`
