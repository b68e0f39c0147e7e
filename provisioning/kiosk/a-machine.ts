// A machine for tests: everything a machine.json can say, and the example of a configuration.
import { readFileSync } from 'node:fs'
import { parseConfig } from '../../kiosk/config.ts'
import { MachineFacts, type Facts } from './facts.ts'

export const notesAdapter = {
  id: '0403:6001',
  serial: 'KSKCASH1',
  port: '1-1',
  interfaces: ['ff:ff:ff'],
}

export const aMachine = (): Facts => {
  const read = parseConfig(readFileSync(new URL('../config.example.json', import.meta.url), 'utf8'))
  if (read.kind === 'problems') throw new Error(read.problems.join('\n'))
  const port = 'pci-0000:00:14.0-usb-0'
  return {
    kiosk: read.config,
    machine: MachineFacts.parse({
      usb: {
        notes: { serial: 'KSKCASH1' },
        printer: { path: `${port}:2:1.0` },
        card: { path: `${port}:3:1.0` },
        key: { path: `${port}:4:1.0` },
      },
      usbGuard: { on: true, devices: [notesAdapter] },
      network: { kind: 'static', address: '10.1.2.3/24', gateway: '10.1.2.1', dns: ['10.1.2.1'] },
      firewall: { centre: ['10.9.0.1', 'fd00::1'], broker: ['10.9.0.1'], dns: ['10.1.2.1'] },
      time: { servers: ['time.example'], nts: true },
      disk: { root: 'LABEL=kiosk-root', data: 'LABEL=kiosk-data' },
      watchdog: 'iTCO_wdt',
    }),
  }
}
