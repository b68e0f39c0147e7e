// What is done to the machine, and how it takes it: devices pulled and put back, foreign USB devices, keys that break out
// of a kiosk, a runtime that hangs, a kernel that panics.
import { setTimeout as pause } from 'node:timers/promises'
import type { HandInside } from './hand-inside.ts'
import type { Machine, UsbLine } from './machine.ts'
import { must } from './report.ts'
import { until } from './waiting.ts'

const mainPid = 'systemctl show -P MainPID kiosk-runtime.service'

const outOf = async (inside: HandInside, command: string): Promise<string> =>
  (await inside.run(command)).output.trim()

/** A device comes back by its name, and the driver with it. */
export const replug = async (machine: Machine, line: UsbLine): Promise<string> => {
  const { inside } = machine
  const name = `/dev/kiosk/${line.name}`
  const isThere = async () => (await inside.run(`test -e ${name}`)).code === 0
  await machine.setPlugged(line, false)
  await until(`${name} is gone`, async () => !(await isThere()))
  await machine.setPlugged(line, true)
  await until(`${name} is back`, isThere)
  await until('the runtime has it open again', async () => {
    const pid = await outOf(inside, mainPid)
    const held = await outOf(inside, `ls -l /proc/${pid}/fd | grep -F "$(readlink -f ${name})"`)
    return held !== ''
  })
  return `${name} went and came back, and the runtime has it open`
}

export type Rogue = {
  what: string
  driver: string
  options: Record<string, unknown>
  appears: string
}

/** `appears`: a command that lists such devices of the machine, a line each. */
export const rogues: readonly Rogue[] = [
  { what: 'a keyboard', driver: 'usb-kbd', options: {}, appears: 'ls /sys/class/input' },
  { what: 'a network adapter', driver: 'usb-net', options: {}, appears: 'ls /sys/class/net' },
]

/** Plugs one in: a machine with USBGuard on keeps it out. */
export const plugRogue = async (machine: Machine, rogue: Rogue): Promise<string> => {
  const { inside, qmp } = machine
  const devices = () =>
    outOf(inside, "cat /sys/bus/usb/devices/*/authorized | sort | uniq -c | tr '\\n' ' '")
  const before = await outOf(inside, rogue.appears)
  const busBefore = await outOf(inside, 'ls /sys/bus/usb/devices')
  const id = `rogue-${rogue.driver}`
  await qmp.execute('device_add', {
    driver: rogue.driver,
    id,
    bus: 'xhci.0',
    port: '6',
    ...rogue.options,
  })
  await until(
    'the bus has seen it',
    async () => (await outOf(inside, 'ls /sys/bus/usb/devices')) !== busBefore,
  )
  // Whatever lets it in has done so when udev has nothing left to do.
  await inside.run('udevadm settle')
  const after = await outOf(inside, rogue.appears)
  const authorised = await devices()
  await qmp.execute('device_del', { id })
  await until(
    'the bus has lost it',
    async () => (await outOf(inside, 'ls /sys/bus/usb/devices')) === busBefore,
  )
  must(before === after, `it is in: ${after.replaceAll('\n', ' ')}`)
  return `seen on the bus and kept out (authorized: ${authorised})`
}

/** kiosk-machine.md 17. */
const breakouts = [
  ...[1, 2, 3, 7].map((n) => ['ctrl', 'alt', `f${n}`]),
  ['alt', 'f4'],
  ['alt', 'tab'],
  ['f11'],
  ['f12'],
  ['ctrl', 'p'],
  ['ctrl', 's'],
  ['ctrl', 'o'],
  ['ctrl', 'n'],
  ['ctrl', 'l'],
  ['alt', 'sysrq'],
  ['ctrl', 'alt', 'delete'],
]

/** On the keyboard that is part of the machine (i8042), which no USB rule keeps out. */
export const breakOut = async ({ inside, qmp }: Machine): Promise<string> => {
  const seen = async () => ({
    users: await outOf(inside, 'stat -c %U /proc/[0-9]* | sort -u'),
    boot: await outOf(inside, 'cat /proc/sys/kernel/random/boot_id'),
    terminal: await outOf(inside, 'cat /sys/class/tty/tty0/active'),
    // Processes of the screen, by name: pages of a browser come and go, programs do not.
    programs: await outOf(
      inside,
      'for p in $(stat -c "%U %n" /proc/[0-9]* | sed -n "s/^kiosk-ui //p"); do cat $p/comm; done | sort -u',
    ),
    screen: (await inside.view())?.screen.kind ?? 'none',
  })
  const before = await seen()
  for (const keys of breakouts) {
    await qmp.execute('send-key', { keys: keys.map((data) => ({ type: 'qcode', data })) })
    await pause(150)
  }
  const after = await seen()
  must(
    JSON.stringify(before) === JSON.stringify(after),
    `before ${JSON.stringify(before)}, after ${JSON.stringify(after)}`,
  )
  return `${breakouts.length} chords; the same users, programs, terminal and screen (${after.screen})`
}

/** Wedges the runtime's main process: systemd misses its beats, kills it and starts another. */
export const wedgeRuntime = async ({ inside }: Machine): Promise<string> => {
  const pid = () => outOf(inside, mainPid)
  const before = await pid()
  const from = performance.now()
  await inside.run(`kill -STOP ${before}`)
  await until('another runtime runs', async () => {
    const now = await pid()
    return now !== '0' && now !== before
  })
  const seconds = (performance.now() - from) / 1_000
  const log = await outOf(
    inside,
    'journalctl -u kiosk-runtime.service -b -o cat | grep -c "Watchdog timeout"',
  )
  must(Number(log) > 0, 'it was started anew, but not by the watchdog')
  return `another one runs after ${seconds.toFixed(0)} s; systemd says "Watchdog timeout"`
}

/** A kernel that has stopped for good: only the hardware watchdog is left. Resolves when QEMU has ended by the reset. */
export const panic = async (machine: Machine): Promise<string> => {
  await machine.inside.run('echo 0 > /proc/sys/kernel/panic; echo 1 > /proc/sys/kernel/sysrq')
  const from = performance.now()
  // It never answers.
  void machine.inside.run('sync; echo c > /proc/sysrq-trigger').catch(() => undefined)
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => reject(new Error('the machine hangs for more than 150 s')),
    150_000,
  )
  await Promise.race([machine.end, late]).finally(() => clearTimeout(timer))
  return `the machine was reset ${((performance.now() - from) / 1_000).toFixed(0)} s after its kernel had stopped`
}
