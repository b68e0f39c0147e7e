// The kiosk as a program on the bench, all its devices polled and nobody there: how soon it serves, and what it takes.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { startBench, type Bench } from '../../../kiosk/bench/bench.ts'
import type { Figure, Run } from '../figures.ts'
import { onDisk, runsOf, type Part, type Size } from './part.ts'

const idleMsOf = { short: 500, full: 20_000 } as const
/** The kernel counts a program's time in so many a second (`getconf CLK_TCK`). */
const ticksASecond = 100
const startLimitMs = 60_000

const Health = z.looseObject({ well: z.boolean(), service: z.unknown() })

/** Ms from the start of the program until a customer can put a card in. */
const startedInMs = async (bench: Bench): Promise<number> => {
  await bench.programs.kiosk.stop()
  const began = performance.now()
  const starting = bench.programs.kiosk.start()
  while (performance.now() - began < startLimitMs) {
    if (await isInService(bench)) {
      await starting
      return performance.now() - began
    }
    await pause(5)
  }
  throw new Error('the kiosk has not come into service')
}

const isInService = async ({ kioskUrl }: Bench): Promise<boolean> => {
  const answer = await fetch(`${kioskUrl}health`).catch(() => null)
  if (answer?.ok !== true) return false
  const { well, service } = Health.parse(await answer.json())
  return well && service === 'idle'
}

/** The program that runs with this configuration. */
const pidOf = (config: string): number => {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const said = commandOf(name)
    if (said.includes('kiosk/main.ts') && said.includes(config)) return Number(name)
  }
  throw new Error('the kiosk does not run')
}

const commandOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    // It has ended meanwhile.
    return ''
  }
}

/** Seconds of processor, its own and the kernel's for it (proc(5): utime, stime). */
const secondsOf = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksASecond
}

/** In MB. */
const residentOf = (pid: number): number => {
  const kB = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kB) / 1024
}

const measured = async (size: Size, folder: string): Promise<Figure[]> => {
  const bench = await startBench({ dataFolder: resolve(folder, 'bench'), port: 0 })
  try {
    const starts: Run[] = []
    const memory: Run[] = []
    const processor: Run[] = []
    for (let run = 0; run < runsOf(size); run++) {
      starts.push({ ours: await startedInMs(bench), floor: null })
      const pid = pidOf(bench.paths.kioskConfig)
      const idleMs = idleMsOf[size]
      // What belongs to the start is over before it is looked at.
      await pause(idleMs / 4)
      const before = secondsOf(pid)
      await pause(idleMs)
      processor.push({ ours: ((secondsOf(pid) - before) * 100_000) / idleMs, floor: null })
      memory.push({ ours: residentOf(pid), floor: null })
    }
    return [
      {
        name: 'start of the kiosk → in service',
        unit: 'ms',
        goal: { kind: 'at most', value: 2_000 },
        runs: starts,
        note: 'with centre, broker and four devices on wires',
      },
      {
        name: 'the kiosk at rest: memory',
        unit: 'MB',
        goal: { kind: 'at most', value: 110 },
        runs: memory,
        note: 'resident, all devices polled',
      },
      {
        name: 'the kiosk at rest: processor',
        unit: '% of a core',
        goal: { kind: 'at most', value: 2 },
        runs: processor,
        note: `over ${idleMsOf.full / 1000} s`,
      },
    ]
  } finally {
    await bench.close()
  }
}

export const program: Part = {
  name: 'program',
  measure: async (size) => {
    if (process.platform !== 'linux') return { notRun: 'it reads /proc, which Linux has' }
    mkdirSync(onDisk, { recursive: true })
    const folder = mkdtempSync(join(onDisk, 'program-'))
    try {
      return await measured(size, folder)
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
}
