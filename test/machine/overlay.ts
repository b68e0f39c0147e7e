// What the image under test has beside the product: the agent and the unit that starts it. And what is told of its machine.
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { labels } from '../../provisioning/image/disk.ts'
import type { MachineFacts } from '../../provisioning/kiosk/facts.ts'
import type { Outside } from './outside.ts'
import type { z } from 'zod'

const unit = `[Unit]
Description=The hand of the test: in no image but this one

[Service]
ExecStart=/opt/kiosk/current/node/bin/node /usr/lib/wattpoint-test/agent.ts
Restart=always
RestartSec=5
StandardError=journal+console

[Install]
WantedBy=multi-user.target
`

/** Lays it all into `folder`, which is laid over the tree; gives the folder. */
export const testOnly = (folder: string): string => {
  const program = join(folder, 'usr/lib/wattpoint-test')
  mkdirSync(program, { recursive: true })
  cpSync(join(import.meta.dirname, 'inside/agent.ts'), join(program, 'agent.ts'))
  writeFileSync(join(program, 'package.json'), '{ "type": "module" }\n')
  const units = join(folder, 'etc/systemd/system')
  mkdirSync(join(units, 'multi-user.target.wants'), { recursive: true })
  writeFileSync(join(units, 'wattpoint-test.service'), unit)
  symlinkSync(
    '../wattpoint-test.service',
    join(units, 'multi-user.target.wants/wattpoint-test.service'),
  )
  return folder
}

/** As it would be written at commissioning. */
export const machineFacts = (outside: Pick<Outside, 'lines'>): z.input<typeof MachineFacts> => ({
  usb: Object.fromEntries(outside.lines.map(({ name, serial }) => [name, { serial }])),
  network: { kind: 'dhcp' },
  disk: { root: `LABEL=${labels.system}`, data: `LABEL=${labels.data}` },
  watchdog: 'i6300esb',
})
