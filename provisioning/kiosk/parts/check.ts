// The check of the machine: every hour, by a user that can read all and change nothing.
import { systemFile, type Part } from '../declared.ts'
import { app, node } from '../places.ts'
import { sandbox, unitText } from '../unit-text.ts'
import { differs } from '../usage.ts'
import { checkUser } from '../users.ts'

/** Here the runtime reads it for its heartbeat (kiosk/fleet/commands/machine.ts). */
export const driftFile = '/run/kiosk-check/drift.json'

export const checkUnit = unitText({
  Unit: { Description: 'WattPoint: is this machine as it should be?' },
  Service: {
    Type: 'oneshot',
    ExecStart: `${node} ${app}/provisioning/kiosk/main.ts --check --json ${driftFile}`,
    // A difference is told in the file; the unit has done its work.
    SuccessExitStatus: differs,
    TimeoutStartSec: 300,
    Nice: 10,
    User: checkUser.name,
    Group: checkUser.name,
    RuntimeDirectory: 'kiosk-check',
    RuntimeDirectoryMode: '0755',
    RuntimeDirectoryPreserve: true,
    ...sandbox,
    UMask: '0022',
    RestrictNamespaces: true,
    // Reads what only root may read; lists the firewall, which the kernel lets nobody do with less.
    CapabilityBoundingSet: 'CAP_DAC_READ_SEARCH CAP_NET_ADMIN',
    AmbientCapabilities: 'CAP_DAC_READ_SEARCH CAP_NET_ADMIN',
    SystemCallFilter: ['@system-service', '~@privileged'],
    RestrictAddressFamilies: 'AF_UNIX AF_NETLINK',
    IPAddressDeny: 'any',
  },
})

const checkTimer = unitText({
  Unit: { Description: 'WattPoint: checks the machine every hour' },
  Timer: { OnBootSec: '2min', OnUnitActiveSec: '1h', RandomizedDelaySec: '5min' },
  Install: { WantedBy: 'timers.target' },
})

export const check = (): Part => ({
  name: 'check',
  files: [
    systemFile({
      path: '/etc/systemd/system/kiosk-check.service',
      content: checkUnit,
      why: 'what differs from what is declared goes into the heartbeat',
    }),
    systemFile({
      path: '/etc/systemd/system/kiosk-check.timer',
      content: checkTimer,
      why: 'drift is known within the hour',
    }),
  ],
  units: [
    { name: 'kiosk-check.timer', state: 'enabled', running: true, why: 'drift is looked for' },
  ],
})
