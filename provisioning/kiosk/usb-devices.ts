// Pure: which of the USB devices that are plugged in may be used from now on, and as which rule of usbguard.
import type { UsbDevice } from './facts.ts'

/** usbguard-rules.conf(5): the device as it is, in the port where it is. Another one there, or it elsewhere, is blocked. */
export const ruleOf = ({ id, serial, port, interfaces }: UsbDevice): string =>
  [
    `allow id ${id}`,
    ...(serial === '' ? [] : [`serial "${serial}"`]),
    `via-port "${port}"`,
    `with-interface equals { ${interfaces.join(' ')} }`,
  ].join(' ')

/** Classes that a kiosk has no use for, by the first numbers of an interface (USB-IF class codes). */
const unwanted: readonly { begins: string; is: string }[] = [
  { begins: '03:', is: 'a keyboard or a pointer' },
  { begins: '08:', is: 'storage' },
  { begins: '02:06:', is: 'a network adapter' },
  { begins: '02:0d:', is: 'a network adapter' },
  { begins: 'e0:01:03', is: 'a network adapter' },
  { begins: 'e0:01:01', is: 'a radio' },
  { begins: '06:', is: 'a camera' },
]

/** Touchscreens are HID too, but are no boot keyboard or mouse: they have neither subclass nor protocol. */
const touch = '03:00:00'

export type Allowed = {
  devices: UsbDevice[]
  /** Said to whoever commissions the kiosk: these are blocked from now on. */
  leftOut: { device: UsbDevice; is: string }[]
}

/**
 * `keypads`: ports whose device is the kiosk's own keypad, which is a keyboard like any other. A technician's keyboard that
 * is plugged in at that moment is left out.
 */
export const allowedOf = (present: readonly UsbDevice[], keypads: readonly string[]): Allowed => {
  const allowed: Allowed = { devices: [], leftOut: [] }
  for (const device of present) {
    const is = keypads.includes(device.port) ? null : whyNot(device)
    if (is === null) allowed.devices.push(device)
    else allowed.leftOut.push({ device, is })
  }
  return allowed
}

const whyNot = ({ interfaces }: UsbDevice): string | null => {
  for (const each of interfaces.filter((one) => one !== touch)) {
    const found = unwanted.find(({ begins }) => each.startsWith(begins))
    if (found !== undefined) return found.is
  }
  return null
}

/** Devices that may be used though they are not on the list. */
export const strangersAmong = (
  present: readonly (UsbDevice & { isAuthorised: boolean })[],
  listed: readonly UsbDevice[],
): UsbDevice[] => {
  const rules = new Set(listed.map(ruleOf))
  return present.filter((device) => device.isAuthorised && !rules.has(ruleOf(device)))
}
