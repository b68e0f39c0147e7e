// The machine under test: QEMU with the disk of the image, USB adapters on the lines of our simulators, a card reader with
// our slot behind it, and a hardware watchdog (kiosk-machine.md 15).
import { spawn, type ChildProcess } from 'node:child_process'
import { createWriteStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { handInside, type HandInside } from './hand-inside.ts'
import { openQmp, type Qmp } from './qmp.ts'

/** A serial line of the kiosk: where its simulator listens, the USB port it is plugged into, and its adapter's number. */
export type UsbLine = { name: string; tcpPort: number; usbPort: number; serial: string }

export type MachineOptions = {
  disk: string
  kernel: string
  initrd: string
  /** Kernel line. */
  append: string
  lines: readonly UsbLine[]
  cardSocket: string
  /** Sockets, the console and the disk of the run lie here. */
  folder: string
}

export type Machine = {
  qmp: Qmp
  inside: HandInside
  /** Everything that came over the serial console. */
  console: () => string
  /** Plugs a line's adapter out, or in again. */
  setPlugged: (line: UsbLine, plugged: boolean) => Promise<void>
  ended: () => boolean
  /** Resolves when the emulator has ended, with its code. */
  end: Promise<number | null>
  kill: () => Promise<void>
}

const adapter = ({ name, usbPort, serial }: UsbLine) => ({
  driver: 'usb-serial',
  chardev: name,
  bus: 'xhci.0',
  port: String(usbPort),
  id: `usb-${name}`,
  serial,
})

const argumentsOf = (options: MachineOptions, at: (name: string) => string): string[] =>
  [
    ['-machine', 'q35'],
    ['-accel', process.env['WATTPOINT_ACCEL'] ?? 'tcg,thread=multi'],
    ['-m', '2048'],
    ['-smp', '2'],
    ['-display', 'none'],
    ['-vga', 'std'],
    // The test sees a reset as the end of the emulator, and starts it again.
    ['-no-reboot'],
    ['-kernel', options.kernel],
    ['-initrd', options.initrd],
    ['-append', options.append],
    ['-drive', `file=${options.disk},if=virtio,format=raw,cache=unsafe`],
    ['-netdev', 'user,id=net'],
    ['-device', 'virtio-net-pci,netdev=net'],
    ['-serial', `file:${at('console.log')}`],
    ['-qmp', `unix:${at('qmp.sock')},server=on,wait=off`],
    ['-device', 'i6300esb'],
    ['-watchdog-action', 'reset'],
    ['-device', 'virtio-serial-pci'],
    ['-chardev', `socket,id=hand,path=${at('hand.sock')},server=on,wait=off`],
    ['-device', 'virtserialport,chardev=hand,name=wattpoint.test'],
    // The usual four ports are too few (kiosk-machine.md 16, X17).
    ['-device', 'qemu-xhci,id=xhci,addr=0x8,p2=8,p3=8'],
    ...options.lines.flatMap(plugged),
    ['-chardev', `socket,id=card,path=${options.cardSocket}`],
    ['-device', 'usb-ccid,id=ccid,bus=xhci.0,port=4'],
    ['-device', 'ccid-card-passthru,chardev=card,bus=ccid.0'],
  ].flat()

/** On the bus from the start, also before its simulator has answered (X12). */
const plugged = (line: UsbLine): string[][] => [
  ['-chardev', `socket,id=${line.name},host=127.0.0.1,port=${line.tcpPort},reconnect=1`],
  [
    '-device',
    Object.entries({ ...adapter(line), 'always-plugged': 'on' })
      .map(deviceWord)
      .join(','),
  ],
]

const deviceWord = ([key, value]: [string, string]): string =>
  key === 'driver' ? value : `${key}=${value}`

/** Starts the machine; it boots while this resolves. Rejects with QEMU's last words when it does not come up. */
export const startMachine = async (options: MachineOptions): Promise<Machine> => {
  const at = (name: string) => join(options.folder, name)
  const child = spawn('qemu-system-x86_64', argumentsOf(options, at), {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = createWriteStream(at('qemu.log'))
  child.stdout.pipe(said, { end: false })
  child.stderr.pipe(said, { end: false })
  const end = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(-1))
    child.once('exit', resolve)
  })
  await socketsOf(child, at)
  const qmp = await openQmp(at('qmp.sock'))
  const inside = await handInside(at('hand.sock'))
  return {
    qmp,
    inside,
    console: () => (existsSync(at('console.log')) ? readFileSync(at('console.log'), 'utf8') : ''),
    setPlugged: async (line, plugged) => {
      if (plugged) await qmp.execute('device_add', { ...adapter(line), 'always-plugged': true })
      else await qmp.execute('device_del', { id: `usb-${line.name}` })
    },
    ended: () => child.exitCode !== null || child.signalCode !== null,
    end,
    kill: async () => {
      inside.close()
      qmp.close()
      child.kill('SIGKILL')
      await end
    },
  }
}

const socketLimitMs = 20_000

const socketsOf = async (child: ChildProcess, at: (name: string) => string): Promise<void> => {
  for (let waited = 0; waited < socketLimitMs; waited += 50) {
    if (child.exitCode !== null) break
    if (existsSync(at('qmp.sock')) && existsSync(at('hand.sock'))) return
    await pause(50)
  }
  child.kill('SIGKILL')
  throw new Error(`QEMU did not come up: ${readFileSync(at('qemu.log'), 'utf8').slice(-2_000)}`)
}
