// Builds the pages of `ui/` when they are missing or older than what they are made of.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { lockFile } from '../journal-lock.ts'

const project = join(import.meta.dirname, '..', '..')
/** Where kiosk and bench find them. */
export const builtPages = join(project, 'dist')

const pages = ['bench', 'kiosk', 'console', 'setup'].map((name) =>
  join(builtPages, name, 'index.html'),
)
const madeOf = ['ui', 'domain', 'vite.config.ts', 'package-lock.json'].map((name) =>
  join(project, name),
)

/** Of several benches that start at the same time one builds. Rejects with what vite said when it cannot. */
export const buildPages = async ({ say }: { say: (line: string) => void }): Promise<void> => {
  while (!areFresh()) {
    const lock = await lockFile(builtPages)
    if (lock.kind === 'failed') throw new Error(`the pages could not be built: ${lock.why}`)
    if (lock.kind === 'in use') {
      await pause(lookAgainMs)
      continue
    }
    try {
      // Another may have built them since we looked.
      if (!areFresh()) {
        say('building the pages')
        await build()
      }
      return
    } finally {
      await lock.release()
    }
  }
}

const lookAgainMs = 200

const build = async (): Promise<void> => {
  const vite = spawn(
    process.execPath,
    [join(project, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'],
    { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let said = ''
  const hear = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000)
  }
  vite.stdout.on('data', hear)
  vite.stderr.on('data', hear)
  const [code]: unknown[] = await once(vite, 'close')
  if (code !== 0) throw new Error(`the pages could not be built:\n${said.trim()}`)
}

const areFresh = (): boolean => {
  if (!pages.every((page) => existsSync(page))) return false
  const builtMs = Math.min(...pages.map((page) => statSync(page).mtimeMs))
  return madeOf.every((source) => newestMs(source) <= builtMs)
}

/** When a file, or anything in a folder that is not a test, was last changed. */
const newestMs = (path: string): number => {
  const found = statSync(path)
  if (!found.isDirectory()) return found.mtimeMs
  return readdirSync(path)
    .filter((name) => !/\.test\.tsx?$/.test(name))
    .reduce((newest, name) => Math.max(newest, newestMs(join(path, name))), 0)
}
