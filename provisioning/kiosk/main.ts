// Takes a Debian 12 or 13 to a kiosk, and says whether it still is one: `node provisioning/kiosk/main.ts --check`.
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseConfig, type KioskConfig } from '../../kiosk/config.ts'
import { parsePlan, type SetupPlan } from '../../kiosk/setup/setup-plan.ts'
import { never } from '../../domain/never.ts'
import { apply } from './applying.ts'
import type { Declared, Difference } from './declared.ts'
import { differencesOf } from './differences.ts'
import { parseMachine, unknownMachine, type Facts } from './facts.ts'
import { findIn } from './found.ts'
import { liveDifferences, lookAtMachine } from './live.ts'
import { declaredFor } from './parts.ts'
import { dataFolder, machineFile, planFile } from './places.ts'
import { releaseDifferences } from './release-check.ts'
import { run } from './running.ts'
import { usbDevicesIn } from './sysfs-usb.ts'
import { takeEffect, whileWritable } from './system-hands.ts'
import { allowedOf } from './usb-devices.ts'
import { argumentsOf, differs, failed, usage, wrong } from './usage.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const complain = (line: string): void => void process.stderr.write(`${line}\n`)

const textIn = async (root: string, path: string): Promise<string | null> => {
  try {
    return await readFile(join(root, path), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Throws a sentence for each problem. */
const factsIn = async (root: string): Promise<Facts> => {
  const machine = await textIn(root, machineFile)
  const read = machine === null ? null : parseMachine(machine)
  if (read?.kind === 'problems') throw new WrongFacts(machineFile, read.problems)
  const plan = await planIn(root)
  return {
    machine: read?.machine ?? unknownMachine,
    kiosk: await configIn(root),
    ...(plan && { plan }),
  }
}

const planIn = async (root: string): Promise<SetupPlan | null> => {
  const text = await textIn(root, planFile)
  if (text === null) return null
  const read = parsePlan(text)
  if (read.kind === 'problems') throw new WrongFacts(planFile, read.problems)
  return read.plan
}

const configIn = async (root: string): Promise<KioskConfig | null> => {
  // Not by its link in /etc: an absolute link in a tree leads out of it.
  const path = `${dataFolder}/config.json`
  const text = await textIn(root, path)
  if (text === null) return null
  const read = parseConfig(text)
  if (read.kind === 'problems') throw new WrongFacts(path, read.problems)
  return read.config
}

class WrongFacts extends Error {
  constructor(path: string, problems: readonly string[]) {
    super(problems.map((problem) => `${path}: ${problem}`).join('\n'))
  }
}

const checked = async (root: string, declared: Declared, facts: Facts): Promise<Difference[]> => [
  ...differencesOf(declared, await findIn(root, declared), facts.machine.people),
  ...(await releaseDifferences(root)),
  // In a tree nothing runs and nothing is loaded.
  ...(root === '/'
    ? liveDifferences(declared, facts, await lookAtMachine(declared, facts, run))
    : []),
]

/** Whoever reads it meanwhile has the one before or this one. */
const writeResult = async (path: string, differences: readonly Difference[]): Promise<void> => {
  await writeFile(`${path}.new`, `${JSON.stringify({ checkedAt: Date.now(), differences })}\n`)
  await rename(`${path}.new`, path)
}

const check = async (root: string, json: string | null): Promise<number> => {
  const facts = await factsIn(root)
  const differences = await checked(root, declaredFor(facts), facts)
  for (const { class: kind, what, found, expected } of differences) {
    say(`${kind} ${what}: found ${found}; expected ${expected}`)
  }
  if (json !== null) await writeResult(json, differences)
  if (differences.length === 0) say('no difference')
  return differences.length === 0 ? 0 : differs
}

const bring = async (root: string, json: string | null): Promise<number> => {
  const facts = await factsIn(root)
  const declared = declaredFor(facts)
  let changes = 0
  const done = (line: string) => {
    changes += 1
    say(line)
  }
  await whileWritable({ root, run, isReadOnly: facts.machine.disk !== null }, () =>
    apply({ root, declared, people: facts.machine.people, run, say: done }),
  )
  if (changes === 0) say('nothing to change')
  else if (root === '/') await takeEffect(run, say)
  const left = differencesOf(declared, await findIn(root, declared), facts.machine.people)
  for (const { what, found, expected } of left) say(`left: ${what} is ${found}, not ${expected}`)
  if (json !== null) await writeResult(json, left)
  return left.length === 0 ? 0 : differs
}

const devices = async (keypads: readonly string[]): Promise<number> => {
  const present = await usbDevicesIn()
  const { devices, leftOut } = allowedOf(present, keypads)
  for (const { device, is } of leftOut) {
    complain(`${device.port} ${device.id} is left out: it is ${is}`)
  }
  const listed = devices.map(({ id, serial, port, interfaces }) => ({
    id,
    serial,
    port,
    interfaces,
  }))
  say(JSON.stringify({ usbGuard: { on: true, devices: listed } }, null, 2))
  return 0
}

const main = async (): Promise<number> => {
  const asked = argumentsOf(process.argv.slice(2))
  switch (asked.kind) {
    case 'problem':
      complain(asked.problem)
      complain(usage)
      return wrong
    case 'packages': {
      const { packages } = declaredFor(await factsIn('/'))
      say(packages.map(({ name }) => name).join('\n'))
      return 0
    }
    case 'devices':
      return devices(asked.keypads)
    case 'check':
      return check(asked.root, asked.json)
    case 'apply':
      return bring(asked.root, asked.json)
    default:
      return never(asked)
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  complain(error instanceof Error ? error.message : String(error))
  process.exitCode = error instanceof WrongFacts ? wrong : failed
}
