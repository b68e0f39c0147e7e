// The unit of the runtime: the program that holds the money (kiosk-machine.md 4).
import { systemFile, type Part } from '../declared.ts'
import type { Facts, MachineFacts } from '../facts.ts'
import { app, configFile, dataFolder, node, planFile } from '../places.ts'
import { sandbox, unitText, type Section } from '../unit-text.ts'
import { runtimeUser } from '../users.ts'

/** In the data folder of the runtime. */
const stopRecord = `${dataFolder}/watchdog`

/** Where every address is fixed the kernel holds the runtime to them, firewall or not. */
const addressesOf = ({ firewall }: MachineFacts): Section => {
  const { centre, broker, dns } = firewall
  if (centre === null || broker === null || dns === null) return {}
  const allowed = new Set([...centre, ...broker, ...dns])
  return { IPAddressDeny: 'any', IPAddressAllow: `localhost ${[...allowed].join(' ')}` }
}

export const runtimeUnit = (machine: MachineFacts): string =>
  unitText({
    Unit: {
      Description: 'WattPoint: sells electricity',
      Wants: 'nftables.service pcscd.socket chrony.service',
      After: 'local-fs.target nftables.service pcscd.socket',
      // Then the screen has the rescue page, and kiosk-runtime-again.timer tries anew.
      StartLimitIntervalSec: 300,
      StartLimitBurst: 10,
    },
    Service: {
      Type: 'notify',
      // Node has no unix datagram socket, systemd-notify speaks for it (kiosk-machine.md 16, X3).
      NotifyAccess: 'all',
      ExecStart: `${node} ${app}/kiosk/main.ts --config ${configFile} --setup ${planFile}`,
      // What systemd knows of the end, for the next start to tell (kiosk/watchdog/start-reason.ts).
      ExecStopPost: `/bin/sh -c 'mkdir -p ${stopRecord} && echo "$SERVICE_RESULT $EXIT_CODE $EXIT_STATUS" > ${stopRecord}/last-stop'`,
      WatchdogSec: 20,
      TimeoutStartSec: 90,
      TimeoutStopSec: 15,
      Restart: 'always',
      RestartSec: 2,
      // ProcSubset hides the name of this start of the machine.
      Environment: ['NODE_ENV=production', 'KIOSK_BOOT_ID=%b'],
      User: runtimeUser.name,
      Group: runtimeUser.name,
      SupplementaryGroups: 'dialout',
      StateDirectory: 'kiosk',
      StateDirectoryMode: '0700',
      RuntimeDirectory: 'kiosk',
      // The screen looks at the age of a file in it (parts/screen.ts).
      RuntimeDirectoryMode: '0711',
      ...sandbox,
      ProcSubset: 'pid',
      RestrictNamespaces: true,
      CapabilityBoundingSet: '',
      AmbientCapabilities: '',
      SystemCallFilter: ['@system-service', '~@privileged @resources'],
      RestrictAddressFamilies: 'AF_UNIX AF_INET AF_INET6',
      DeviceAllow: ['char-ttyUSB rw', 'char-ttyACM rw', 'char-ttyS rw', 'char-input r'],
      ...addressesOf(machine),
    },
    Install: { WantedBy: 'multi-user.target' },
  })

/** A timer only starts what does not run. */
const againTimer = unitText({
  Unit: { Description: 'WattPoint: tries again after too many failed starts' },
  Timer: { OnBootSec: '15min', OnUnitInactiveSec: '15min', Unit: 'kiosk-runtime.service' },
  Install: { WantedBy: 'timers.target' },
})

export const runtime = ({ machine }: Facts): Part => ({
  name: 'runtime',
  files: [
    systemFile({
      path: '/etc/systemd/system/kiosk-runtime.service',
      content: runtimeUnit(machine),
      why: 'the program that sells; systemd kills and starts it when its own check says it is not well',
    }),
    systemFile({
      path: '/etc/systemd/system/kiosk-runtime-again.timer',
      content: againTimer,
      why: 'a kiosk that gave up, because its disk was full perhaps, comes back without a visit',
    }),
  ],
  units: [
    { name: 'kiosk-runtime.service', state: 'enabled', running: true, why: 'it sells' },
    { name: 'kiosk-runtime-again.timer', state: 'enabled', running: true, why: 'it comes back' },
  ],
})
