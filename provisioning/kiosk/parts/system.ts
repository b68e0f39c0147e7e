// The Debian under the kiosk: no way in by keyboard, a watchdog, a log that does not fill the disk, the right time.
import { systemFile, type Part } from '../declared.ts'
import type { Facts } from '../facts.ts'
import { unitText } from '../unit-text.ts'

const made = '# Made by provisioning/kiosk; changed by hand it is put back.\n'

/** No console but the screen: no login prompt on any, no switching, no key that does anything (kiosk-machine.md 9). */
const logind = `${made}[Login]
NAutoVTs=0
ReserveVT=0
KillUserProcesses=yes
HandlePowerKey=ignore
HandlePowerKeyLongPress=ignore
HandleRebootKey=ignore
HandleRebootKeyLongPress=ignore
HandleSuspendKey=ignore
HandleHibernateKey=ignore
HandleLidSwitch=ignore
HandleLidSwitchExternalPower=ignore
HandleLidSwitchDocked=ignore
`

/** Fed by systemd, which feeds no service that does not feed it: the last of three (kiosk-machine.md 5). */
const manager = `${made}[Manager]
RuntimeWatchdogSec=30
RebootWatchdogSec=5min
CtrlAltDelBurstAction=none
ShowStatus=no
`

const journald = `${made}[Journal]
Storage=persistent
SystemMaxUse=200M
SystemKeepFree=500M
RuntimeMaxUse=32M
MaxRetentionSec=30day
RateLimitIntervalSec=30s
RateLimitBurst=2000
ForwardToConsole=no
ForwardToWall=no
`

const sysctl = `${made}# No keys for the kernel.
kernel.sysrq = 0
# A kernel that has failed starts again; the watchdog is there for one that cannot.
kernel.panic = 10
kernel.panic_on_oops = 1
# No core files: they would hold card data.
kernel.core_pattern = |/bin/false
fs.suid_dumpable = 0
kernel.kptr_restrict = 2
kernel.dmesg_restrict = 1
kernel.printk = 3 3 3 3
kernel.yama.ptrace_scope = 2
kernel.unprivileged_bpf_disabled = 1
kernel.kexec_load_disabled = 1
fs.protected_fifos = 2
fs.protected_regular = 2
net.ipv4.ip_forward = 0
net.ipv4.conf.all.accept_redirects = 0
net.ipv4.conf.all.send_redirects = 0
net.ipv6.conf.all.accept_redirects = 0
`

const chronyOf = ({ servers, nts }: Facts['machine']['time']): string => `${made}${servers
  .map(
    (server) =>
      `${/(^|\.)pool\./.test(server) ? 'pool' : 'server'} ${server} iburst${nts ? ' nts' : ''}\n`,
  )
  .join('')}driftfile /var/lib/chrony/chrony.drift
ntsdumpdir /var/lib/chrony
# At the start the clock may jump; later it is drawn slowly, as money records tell the time.
makestep 1 3
rtcsync
# Serves no time to anybody.
port 0
`

/** modprobe, as Debian keeps drivers of watchdogs from being loaded by themselves. */
const watchdogUnit = (driver: string): string =>
  unitText({
    Unit: {
      Description: 'WattPoint: the hardware watchdog',
      DefaultDependencies: 'no',
      Before: 'sysinit.target',
      After: 'systemd-remount-fs.service',
    },
    Service: { Type: 'oneshot', RemainAfterExit: true, ExecStart: `/sbin/modprobe ${driver}` },
    Install: { WantedBy: 'sysinit.target' },
  })

const masked: readonly [string, string][] = [
  ['getty@.service', 'no login prompt on the screen'],
  ['serial-getty@.service', 'no login prompt on a serial line, which may be a device of ours'],
  ['console-getty.service', 'no login prompt at all'],
  ['ctrl-alt-del.target', 'no key restarts the machine'],
  ['debug-shell.service', 'no shell without a password'],
  ['apt-daily.timer', 'nothing changes by day: updates come with a release or by hand'],
  ['apt-daily-upgrade.timer', 'nothing changes by day'],
  ['unattended-upgrades.service', 'nothing changes by day'],
  ['systemd-timesyncd.service', 'chrony keeps the time'],
  ['bluetooth.service', 'no radio'],
  ['cups.service', 'no printing but of receipts'],
  ['avahi-daemon.service', 'the machine is not announced'],
]

export const system = ({ machine }: Facts): Part => ({
  name: 'system',
  packages: [
    { name: 'chrony', why: 'keeps the time, and says how sure it is' },
    { name: 'kmod', why: 'loads the driver of the watchdog' },
    { name: 'ca-certificates', why: 'who is believed where no authority of our own is named' },
  ],
  files: [
    systemFile({
      path: '/etc/systemd/logind.conf.d/kiosk.conf',
      content: logind,
      why: 'no consoles beside the screen, no keys',
    }),
    systemFile({
      path: '/etc/systemd/system.conf.d/kiosk.conf',
      content: manager,
      why: 'a machine that hangs starts again by itself',
    }),
    systemFile({
      path: '/etc/systemd/journald.conf.d/kiosk.conf',
      content: journald,
      why: 'the log never fills the disk that the money is written to',
    }),
    systemFile({
      path: '/etc/sysctl.d/90-kiosk.conf',
      content: sysctl,
      why: 'a kernel that gives nothing away',
    }),
    systemFile({
      path: '/etc/chrony/chrony.conf',
      content: chronyOf(machine.time),
      why: 'the right time, asked for and never served',
    }),
    ...(machine.watchdog === null
      ? []
      : [
          systemFile({
            path: '/etc/systemd/system/kiosk-watchdog.service',
            content: watchdogUnit(machine.watchdog),
            why: 'the watchdog of this machine',
          }),
        ]),
  ],
  units: [
    { name: 'chrony.service', state: 'enabled', running: true, why: 'the time' },
    ...(machine.watchdog === null
      ? []
      : ([{ name: 'kiosk-watchdog.service', state: 'enabled', why: 'the watchdog' }] as const)),
    ...masked.map(([name, why]) => ({ name, state: 'masked' as const, why })),
  ],
})
