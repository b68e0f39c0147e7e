// What only the running machine shows: the rules that are loaded, what is mounted, which units run, which USB devices work.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Declared, Difference } from './declared.ts'
import type { Facts } from './facts.ts'
import { rulesCounted, rulesOf } from './parts/firewall.ts'
import { namesOf } from './parts/usb.ts'
import { dataFolder } from './places.ts'
import type { Run } from './running.ts'
import { usbDevicesIn, type PresentDevice } from './sysfs-usb.ts'
import { ruleOf, strangersAmong } from './usb-devices.ts'

export type Live = {
  /** What `nft list table inet kiosk` says; null when there is no such table. */
  table: string | null
  /** /proc/self/mountinfo */
  mounts: string
  /** Units that are declared to run, and what systemd says of each. */
  states: ReadonlyMap<string, string>
  devices: readonly PresentDevice[]
  /** Of the names that devices should have, those that are there. */
  names: ReadonlySet<string>
}

export const lookAtMachine = async (declared: Declared, facts: Facts, run: Run): Promise<Live> => {
  const states = new Map<string, string>()
  for (const { name } of declared.units.filter(({ running }) => running === true)) {
    // `is-active` ends with 3 for a unit that does not run, and says the same as it does on paper.
    const state = await run(['systemctl', 'show', '--value', '-p', 'ActiveState', name], {})
    states.set(name, state.trim())
  }
  return {
    table: await run(['nft', 'list', 'table', 'inet', 'kiosk'], {}).catch(() => null),
    mounts: await readFile('/proc/self/mountinfo', 'utf8'),
    states,
    devices: await usbDevicesIn(),
    names: new Set(namesOf(facts.machine).filter((name) => existsSync(name))),
  }
}

export const liveDifferences = (declared: Declared, facts: Facts, live: Live): Difference[] => [
  ...tableDifferences(facts, live.table),
  ...(facts.machine.disk === null ? [] : mountDifferences(live.mounts)),
  ...declared.units
    .filter(({ running }) => running === true)
    .flatMap(({ name }): Difference[] => {
      const state = live.states.get(name) ?? 'unknown'
      return ['active', 'activating', 'reloading'].includes(state)
        ? []
        : [{ class: 'unit', what: name, found: state, expected: 'active' }]
    }),
  ...usbDifferences(facts, live),
]

const tableDifferences = (facts: Facts, table: string | null): Difference[] => {
  const what = 'table inet kiosk'
  const expected = rulesCounted(rulesOf(facts))
  const found = table === null ? 'not loaded' : rulesCounted(table)
  return found === expected ? [] : [{ class: 'firewall', what, found, expected }]
}

/** proc(5): the sixth field has the options of this mount, the last those of the disk under it. */
const mountsIn = (text: string): Map<string, { options: string[]; disk: string[] }> =>
  new Map(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const words = line.split(' ')
        const disk = (words.at(-1) ?? '').split(',')
        return [words[4] ?? '', { options: (words[5] ?? '').split(','), disk }] as const
      }),
  )

const mountDifferences = (text: string): Difference[] => {
  const mounts = mountsIn(text)
  const data = mounts.get(dataFolder)
  const say = (what: string, found: string, expected: string): Difference[] =>
    found === expected ? [] : [{ class: 'mount', what, found, expected }]
  return [
    // A unit sees all read-only (ProtectSystem): what counts is the disk.
    ...say(
      '/',
      mounts.get('/')?.disk.includes('ro') === true ? 'read-only' : 'writable',
      'read-only',
    ),
    ...say(
      dataFolder.slice(1),
      data === undefined
        ? 'on the system partition'
        : data.disk.includes('ro')
          ? 'read-only'
          : 'on the data partition',
      'on the data partition',
    ),
  ]
}

const usbDifferences = ({ machine }: Facts, { devices, names }: Live): Difference[] => [
  ...namesOf(machine)
    .filter((name) => !names.has(name))
    .map((name): Difference => ({
      class: 'usb',
      what: name.slice(1),
      found: 'nothing',
      expected: 'a device',
    })),
  ...(machine.usbGuard.on ? strangersAmong(devices, machine.usbGuard.devices) : []).map(
    (device): Difference => ({
      class: 'usb',
      what: device.port,
      found: ruleOf(device).replace(/^allow /, ''),
      expected: 'no device that is not on the list',
    }),
  ),
]
