// The serial ports of this machine, and how udev knows what is plugged into each.
//
// Read from /dev, /sys and the database of udev itself: no program is run, and nothing is opened.
import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { UsbPlace } from '../../state-machines/setup-answers.ts'

export type FoundLine = {
  /** What a configuration calls it: a name that stays over restarts, where udev has made one. */
  line: string
  usb: UsbPlace | null
}

/** Where they are looked for; a test has a tree of its own. */
export type MachineRoot = { root: string }

/** USB adapters, modems, ports of the board. */
const portNames = /^tty(USB|ACM|S)\d+$/

/** Of the lines that a plan names nothing more is known. */
export const namedLines = (lines: readonly string[]): FoundLine[] =>
  lines.map((line) => ({ line, usb: null }))

/** Every serial port there is, in the order of their names. */
export const linesOfMachine = async (
  { root }: MachineRoot = { root: '/' },
): Promise<FoundLine[]> => {
  const dev = join(root, 'dev')
  const names = (await namesIn(dev)).filter((name) => portNames.test(name)).sort(byNumber)
  const ports = await Promise.all(names.map((name) => portOf(root, name)))
  const found = ports.filter((port) => port !== null)
  const stable = await stableNames(dev)
  const serials = found.map(({ serial }) => serial)
  return found.map(({ path, serial, usbPath }) => {
    // Cheap adapters share a serial number, and an adapter of several ports has one for all.
    const alone = serial !== null && serials.filter((other) => other === serial).length === 1
    return {
      line: stable.get(path)?.[alone ? 'byId' : 'byPath'] ?? path,
      usb: alone ? { serial } : usbPath === null ? null : { path: usbPath },
    }
  })
}

const byNumber = (one: string, other: string): number =>
  one.localeCompare(other, 'en', { numeric: true })

type Port = { path: string; serial: string | null; usbPath: string | null }

/** Null for a port of the board that has no hardware behind it. */
const portOf = async (root: string, name: string): Promise<Port | null> => {
  if (name.startsWith('ttyS')) {
    const type = await textOf(join(root, 'sys/class/tty', name, 'type'))
    if (type === null || type.trim() === '0') return null
  }
  const facts = await udevFacts(root, name)
  return {
    path: await realpath(join(root, 'dev', name)),
    serial: facts.get('ID_SERIAL_SHORT') ?? null,
    usbPath: facts.get('ID_BUS') === 'usb' ? (facts.get('ID_PATH') ?? null) : null,
  }
}

/** What the database of udev says of a port, by its numbers: lines such as `E:ID_PATH=…`. */
const udevFacts = async (root: string, name: string): Promise<Map<string, string>> => {
  const numbers = await textOf(join(root, 'sys/class/tty', name, 'dev'))
  if (numbers === null) return new Map()
  const text = await textOf(join(root, 'run/udev/data', `c${numbers.trim()}`))
  return new Map(
    [...(text ?? '').matchAll(/^E:([^=\n]+)=(.*)$/gm)].map(([, key = '', value = '']) => [
      key,
      value,
    ]),
  )
}

/** By the real port: the names that udev has made for it. */
const stableNames = async (
  dev: string,
): Promise<Map<string, { byId?: string; byPath?: string }>> => {
  const names = new Map<string, { byId?: string; byPath?: string }>()
  for (const [key, folder] of [
    ['byId', join(dev, 'serial/by-id')],
    ['byPath', join(dev, 'serial/by-path')],
  ] as const) {
    for (const name of await namesIn(folder)) {
      const path = join(folder, name)
      const port = await realpath(path).catch(() => null)
      if (port !== null) names.set(port, { ...names.get(port), [key]: path })
    }
  }
  return names
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => [])
const textOf = (path: string): Promise<string | null> => readFile(path, 'utf8').catch(() => null)

/** Whether a line is a port of this machine that is there. */
export const isThere = async (line: string): Promise<boolean> =>
  line.startsWith('tcp:') || (await stat(line).catch(() => null)) !== null
