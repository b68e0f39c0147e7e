// Kiosk, centre and front machine on the bench: the programs that run in the field, started with configurations of the bench.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { program, type Program } from './children.ts'
import { askServer } from './enrolling.ts'
import type { BenchPaths } from './folder.ts'

const project = join(import.meta.dirname, '..', '..')
const mains = {
  kiosk: join(project, 'kiosk', 'main.ts'),
  centre: join(project, 'centre', 'main.ts'),
  front: join(project, 'front', 'main.ts'),
  console: join(project, 'centre', 'console-main.ts'),
}

/**
 * Compiled once for many starts: half the time a program takes to start is reading TypeScript. The bench's books are its own: a
 * database that somebody's environment names for other work is not touched.
 */
const environment = {
  NODE_COMPILE_CACHE: join(project, 'node_modules', '.cache', 'compiled'),
  DATABASE_URL: '',
}

/** Has the centre take the town in, and rejects with what it said when it does not. */
export const importTown = async (paths: BenchPaths): Promise<void> => {
  const args = [mains.centre, '--config', paths.centreConfig, '--import', paths.imported]
  const centre = spawn(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...environment },
  })
  let said = ''
  centre.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000)
  })
  const [code]: unknown[] = await once(centre, 'close')
  if (code !== 0) throw new Error(`the centre did not take the town in:\n${said.trim()}`)
}

export type ProgramOnBench = {
  paths: BenchPaths
  environment?: Record<string, string>
  onChange: () => void
}

export const centreProgram = (of: ProgramOnBench & { port: number }): Program =>
  benchProgram('centre', {
    ...of,
    config: of.paths.centreConfig,
    health: `https://127.0.0.1:${of.port}/v1/health`,
    ask: askServer(of.paths),
  })

/** `plan`: by which it is set up, as long as it has no configuration; null: it has one. */
export const kioskProgram = (
  of: ProgramOnBench & { screenPort: number; plan: string | null },
): Program =>
  benchProgram('kiosk', {
    ...of,
    config: of.paths.kioskConfig,
    args: of.plan === null ? [] : ['--setup', of.plan],
    health: `http://127.0.0.1:${of.screenPort}/health`,
  })

export const frontProgram = (of: ProgramOnBench & { port: number }): Program =>
  benchProgram('front', {
    ...of,
    config: of.paths.frontConfig,
    health: `https://127.0.0.1:${of.port}/v1/health`,
    ask: askServer(of.paths),
  })

/** Its first page is what it answers with. */
export const consoleProgram = (of: ProgramOnBench & { port: number }): Program =>
  benchProgram('console', {
    ...of,
    config: of.paths.centreConfig,
    health: `http://127.0.0.1:${of.port}/`,
  })

const benchProgram = (
  name: keyof typeof mains,
  of: ProgramOnBench & { config: string; health: string; args?: string[]; ask?: typeof fetch },
): Program =>
  program({
    name: name === 'front' ? 'the front machine' : `the ${name}`,
    args: [mains[name], '--config', of.config, ...(of.args ?? [])],
    env: { ...environment, ...of.environment },
    answers: () => isWell(of.health, of.ask),
    onChange: of.onChange,
    onLine: (line) => appendFileSync(of.paths.outputOf(name), `${line}\n`),
  })

const isWell = async (health: string, ask = fetch): Promise<boolean> => {
  try {
    const answer = await ask(health, { signal: AbortSignal.timeout(2_000) })
    await answer.arrayBuffer()
    return answer.ok
  } catch {
    return false
  }
}
