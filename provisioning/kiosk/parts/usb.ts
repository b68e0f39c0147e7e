// USB: names by function, and nothing that was not there at commissioning.
import { systemFile, systemFolder, type Part } from '../declared.ts'
import type { Facts, MachineFacts, UsbPlace } from '../facts.ts'
import { ruleOf } from '../usb-devices.ts'

/** udev(7). By serial number where the adapter has one: cheap ones share it, then by the port it is plugged into. */
const matchOf = (place: UsbPlace): string =>
  'serial' in place ? `ENV{ID_SERIAL_SHORT}=="${place.serial}"` : `ENV{ID_PATH}=="${place.path}"`

/** A reader is a device of its own, without the interface number that ends the path of a serial line. */
const readerOf = (place: UsbPlace): UsbPlace =>
  'path' in place ? { path: place.path.replace(/:\d+\.\d+$/, '') } : place

/** The names that machine.json gives devices for. */
export const namesOf = ({ usb }: MachineFacts): string[] =>
  Object.entries(usb).flatMap(([name, place]) => (place === null ? [] : [`/dev/kiosk/${name}`]))

export const udevRules = ({ usb }: MachineFacts): string => {
  const { notes, bank, printer, card, key } = usb
  const lines = Object.entries({ notes, bank, printer }).flatMap(([name, place]) =>
    place === null
      ? []
      : `SUBSYSTEM=="tty", ${matchOf(place)}, SYMLINK+="kiosk/${name}", GROUP="dialout", MODE="0660"`,
  )
  if (card !== null) {
    lines.push(
      `SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", ${matchOf(readerOf(card))}, SYMLINK+="kiosk/card"`,
    )
  }
  if (key !== null) {
    lines.push(
      `SUBSYSTEM=="input", KERNEL=="event*", ${matchOf(key)}, SYMLINK+="kiosk/key", GROUP="dialout", MODE="0640"`,
    )
  }
  return [
    '# Made by provisioning/kiosk from machine.json: devices by function.',
    ...lines,
    '',
  ].join('\n')
}

/** usbguard-daemon.conf(5). What is not on the list does not work, plugged in before the start or after it. */
const daemon = `# Made by provisioning/kiosk; changed by hand it is put back.
RuleFile=/etc/usbguard/rules.conf
ImplicitPolicyTarget=block
PresentDevicePolicy=apply-policy
PresentControllerPolicy=apply-policy
InsertedDevicePolicy=apply-policy
AuthorizedDefault=none
RestoreControllerDeviceState=false
DeviceManagerBackend=uevent
IPCAllowedUsers=root
IPCAccessControlFiles=/etc/usbguard/IPCAccessControl.d/
DeviceRulesWithPort=true
AuditBackend=LinuxAudit
`

const secret = { mode: 0o600, owner: 'root', group: 'root', class: 'usb' } as const

export const usb = ({ machine }: Facts): Part => {
  const { usbGuard } = machine
  const state = usbGuard.on ? 'enabled' : 'masked'
  return {
    name: 'usb',
    packages: usbGuard.on ? [{ name: 'usbguard', why: 'keeps foreign USB devices out' }] : [],
    folders: [
      systemFolder({
        path: '/etc/udev/rules.d',
        class: 'usb',
        closed: true,
        why: 'a rule nobody declared could give a device another name, or run something',
      }),
      ...(usbGuard.on
        ? [{ ...secret, path: '/etc/usbguard', mode: 0o755, why: 'where usbguard looks' }]
        : []),
    ],
    files: [
      systemFile({
        path: '/etc/udev/rules.d/70-kiosk.rules',
        class: 'usb',
        content: udevRules(machine),
        why: 'drivers open a device by what it is for, never by the order it was plugged in',
      }),
      ...(usbGuard.on
        ? [
            {
              ...secret,
              path: '/etc/usbguard/rules.conf',
              content: usbGuard.devices.map((device) => `${ruleOf(device)}\n`).join(''),
              why: 'the devices found at commissioning, each in its own port',
            },
            {
              ...secret,
              path: '/etc/usbguard/usbguard-daemon.conf',
              content: daemon,
              why: 'everything else is blocked',
            },
          ]
        : []),
    ],
    units: [
      {
        name: 'usbguard.service',
        state,
        ...(usbGuard.on && { running: true as const }),
        why: 'off until all devices are known: its own policy would block them',
      },
      // It starts usbguard again when somebody asks it anything (kiosk-machine.md 16, X8).
      { name: 'usbguard-dbus.service', state: 'masked', why: 'nobody asks over D-Bus' },
    ],
  }
}
