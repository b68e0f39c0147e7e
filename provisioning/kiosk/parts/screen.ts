// The screen: the compositor cage with one client, Chromium, on the page of the runtime. While the runtime is away it shows the
// rescue page; it is never black (docs/decisions/2026-11-27-kiosk-machine.md says how, and why seatd).
import { readFileSync } from 'node:fs'
import { systemFile, systemFolder, type Part } from '../declared.ts'
import type { Facts, MachineFacts } from '../facts.ts'
import { rescueFolder, runFolder, usualScreenPort } from '../places.ts'
import { rescuePage, rescueWords } from '../rescue-page.ts'
import { sandbox, unitText } from '../unit-text.ts'
import { screenUser } from '../users.ts'

const program = '/usr/lib/kiosk/screen.sh'
const rescueText = `${rescueFolder}/rescue.txt`
/** On tmpfs; systemd makes it anew for every start, so that no start finds anything of the one before. */
const screenFolder = '/run/kiosk-screen'

/** No debugging port, no profile on disk, no gesture that leaves the page. */
export const browserFlags = ({ screen }: MachineFacts): string[] => [
  '--kiosk',
  '--ozone-platform=wayland',
  '--noerrdialogs',
  '--disable-pinch',
  '--overscroll-history-navigation=0',
  '--disable-features=Translate,MediaRouter',
  '--password-store=basic',
  '--no-first-run',
  '--disable-sync',
  '--disable-component-update',
  '--disable-breakpad',
  `--force-device-scale-factor=${screen.scale}`,
  `--user-data-dir=${screenFolder}/profile`,
]

const environmentOf = ({ screen }: MachineFacts, port: number): string[] => [
  `HOME=${screenFolder}`,
  `XDG_RUNTIME_DIR=${screenFolder}`,
  'LIBSEAT_BACKEND=seatd',
  // A machine whose touchscreen is not there yet still shows its page.
  'WLR_LIBINPUT_NO_DEVICES=1',
  ...(screen.touch ? ['XCURSOR_SIZE=1'] : []),
  `KIOSK_PAGE_PORT=${port}`,
  `KIOSK_RESCUE=file://${rescueFolder}/index.html`,
  `KIOSK_ASKED=${runFolder}/restart-screen`,
]

export const screenUnit = ({ machine, kiosk }: Facts): string =>
  unitText({
    Unit: {
      Description: 'WattPoint: the screen',
      Wants: 'seatd.service',
      After: 'seatd.service systemd-udevd.service',
      Conflicts: 'getty@tty1.service',
      // It tries for ever: a kiosk without a picture is of no use to anybody.
      StartLimitIntervalSec: 0,
    },
    Service: {
      Type: 'exec',
      ExecStart: `${program} ${browserFlags(machine).join(' ')}`,
      // Between two compositors the console has the words of the rescue page.
      ExecStopPost: `-/bin/sh -c 'cat ${rescueText} >/dev/tty1'`,
      StandardInput: 'tty-force',
      StandardOutput: 'journal',
      StandardError: 'journal',
      TTYPath: '/dev/tty1',
      Restart: 'always',
      RestartSec: 2,
      TimeoutStopSec: 10,
      User: screenUser.name,
      Group: screenUser.name,
      SupplementaryGroups: 'render',
      RuntimeDirectory: 'kiosk-screen',
      RuntimeDirectoryMode: '0700',
      Environment: environmentOf(machine, kiosk?.screen.port ?? usualScreenPort),
      ...sandbox,
      CapabilityBoundingSet: '',
      AmbientCapabilities: '',
      // The sandbox of Chromium is made of these; no other program here may have them.
      RestrictNamespaces: 'user pid net',
      SystemCallFilter: ['@system-service', 'seccomp chroot'],
      RestrictAddressFamilies: 'AF_UNIX AF_INET AF_NETLINK',
      IPAddressDeny: 'any',
      IPAddressAllow: 'localhost',
      // Screen and input are opened by seatd and handed over; drawing is done on the render node.
      DeviceAllow: ['char-drm rw', '/dev/tty1 rw'],
    },
    Install: { WantedBy: 'multi-user.target' },
  })

/** Debian's unit lets the group `video` in, which other programs are in too. */
const seatdForUs = unitText({
  Service: { ExecStart: ['', `/usr/sbin/seatd -g ${screenUser.name}`] },
})

export const screen = (facts: Facts): Part => ({
  name: 'screen',
  packages: [
    { name: 'cage', why: 'a compositor with one client and no way to another' },
    {
      name: 'seatd',
      why: 'hands the screen and the touchscreen to the compositor, without a login',
    },
    { name: 'libgl1-mesa-dri', why: 'draws, also where there is no graphics processor' },
  ],
  folders: [
    systemFolder({ path: '/usr/lib/kiosk', why: 'what must work while the release does not' }),
    systemFolder({ path: '/usr/share/kiosk', why: 'the same' }),
    systemFolder({ path: rescueFolder, closed: true, why: 'the browser may open it' }),
  ],
  files: [
    systemFile({
      path: '/etc/systemd/system/kiosk-screen.service',
      content: screenUnit(facts),
      why: 'the screen',
    }),
    systemFile({
      path: '/etc/systemd/system/seatd.service.d/kiosk.conf',
      content: seatdForUs,
      why: 'the screen is for the user of the screen alone',
    }),
    {
      ...systemFile({
        path: program,
        content: readFileSync(new URL('../screen.sh', import.meta.url), 'utf8'),
        why: 'starts the browser, and another one when the page stays away',
      }),
      mode: 0o755,
    },
    systemFile({
      path: `${rescueFolder}/index.html`,
      content: rescuePage(facts),
      why: 'what a customer sees while the runtime is away',
    }),
    systemFile({
      path: rescueText,
      content: rescueWords(facts),
      why: 'what a customer sees while not even the browser is there',
    }),
  ],
  units: [
    { name: 'kiosk-screen.service', state: 'enabled', running: true, why: 'the screen' },
    { name: 'seatd.service', state: 'enabled', running: true, why: 'hands it over' },
  ],
})
