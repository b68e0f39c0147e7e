// The bench: everything on virtual devices, in a browser. `npm start`, or `node kiosk/main.bench.ts [--edition authority|bank]
// [--data FOLDER] [--fresh] [--port NUMBER] [--without-pcscd] [--year small|full|none]`. Its last line is the address; Ctrl-C
// stops all of it.
import { enableCompileCache } from 'node:module'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Bench, BenchOptions } from './bench/bench.ts'
import { CannotStart } from './bench/cannot-start.ts'

const compiled = resolve(import.meta.dirname, '..', 'node_modules', '.cache', 'compiled')
/** One for each edition: a town lives in one of them. */
const usualFolders = {
  authority: resolve(import.meta.dirname, '..', 'var', 'bench'),
  bank: resolve(import.meta.dirname, '..', 'var', 'bench-bank'),
}
const say = (line: string) => void process.stdout.write(`${line}\n`)

const optionsOf = (args: string[]): Omit<BenchOptions, 'say'> => {
  const { values } = parseArgs({
    args,
    options: {
      edition: { type: 'string', default: 'authority' },
      data: { type: 'string' },
      fresh: { type: 'boolean' },
      port: { type: 'string' },
      'without-pcscd': { type: 'boolean' },
      year: { type: 'string', default: 'small' },
      setup: { type: 'boolean' },
    },
  })
  const port = values.port === undefined ? undefined : Number(values.port)
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    throw new CannotStart(`--port: found ${values.port}; must be a number from 0 to 65535.`)
  }
  const { edition } = values
  if (edition !== 'authority' && edition !== 'bank') {
    throw new CannotStart(`--edition: found ${edition}; must be authority or bank.`)
  }
  const { year } = values
  if (year !== 'small' && year !== 'full' && year !== 'none') {
    throw new CannotStart(`--year: found ${year}; must be small, full or none.`)
  }
  return {
    edition,
    // A bank's customers have no capital account: the year is of the authority.
    year: edition === 'bank' ? 'none' : year,
    dataFolder: values.data === undefined ? usualFolders[edition] : resolve(values.data),
    fresh: values.fresh === true,
    withoutPcscd: values['without-pcscd'] === true,
    withConsole: true,
    setup: values.setup === true,
    ...(port !== undefined && { port }),
  }
}

/** What whoever started it can do something about is said in a sentence; anything else is a bug and shows where. */
const giveUp = (error: unknown): void => {
  process.stderr.write(`The bench cannot start. ${whyOf(error)}\n`)
  process.exitCode = 1
}

const whyOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const isWrongArgument = 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  return error instanceof CannotStart || isWrongArgument
    ? error.message
    : (error.stack ?? error.message)
}

const main = async (): Promise<void> => {
  let bench: Bench | null = null
  let stopping = false
  const stop = () => {
    // A second Ctrl-C does not wait: the kernel ends the programs with the bench.
    if (stopping) process.exit(1)
    stopping = true
    if (bench !== null) void close(bench)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  const options = optionsOf(process.argv.slice(2))
  // From here on everything is compiled once for many starts: a second start takes half the time.
  enableCompileCache(compiled)
  const { startBench } = await import('./bench/bench.ts')
  const { benchPassword, benchStaff } = await import('./bench/console-here.ts')
  bench = await startBench({ ...options, say })
  if (stopping) return close(bench)
  if (bench.consoleUrl !== null) {
    const names = benchStaff.map(({ name, role }) => `${name} (${role})`).join(', ')
    say(`The office's console: ${bench.consoleUrl}\n  ${names}; password: ${benchPassword}`)
  }
  say(`The bench is ready; open it in a browser, Ctrl-C stops it:\n${bench.url}`)
}

const close = async (bench: Bench): Promise<void> => {
  await bench.close()
  process.exit(0)
}

main().catch(giveUp)
