// Reads from the kernel which USB devices are plugged in (Documentation/ABI/stable/sysfs-bus-usb).
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { UsbDevice } from './facts.ts'

export type PresentDevice = UsbDevice & { isAuthorised: boolean }

/** `folder`: where sysfs has them. A machine without USB has none. */
export const usbDevicesIn = async (folder = '/sys/bus/usb/devices'): Promise<PresentDevice[]> => {
  const names = await readdir(folder).catch(() => [])
  const devices: PresentDevice[] = []
  // `1-2:1.0` is an interface of `1-2`.
  for (const port of names.filter((name) => !name.includes(':')).sort()) {
    const of = async (name: string) =>
      (await readFile(join(folder, port, name), 'utf8').catch(() => '')).trim()
    const parts = names.filter((name) => name.startsWith(`${port}:`)).sort()
    const interfaces = await Promise.all(
      parts.map(async (part) => {
        const words = ['bInterfaceClass', 'bInterfaceSubClass', 'bInterfaceProtocol']
        const bytes = await Promise.all(words.map((word) => of(join('..', part, word))))
        return bytes.join(':')
      }),
    )
    const id = `${await of('idVendor')}:${await of('idProduct')}`
    if (id === ':' || interfaces.length === 0) continue
    const isAuthorised = (await of('authorized')) === '1'
    devices.push({ id, serial: await of('serial'), port, interfaces, isAuthorised })
  }
  return devices
}
