// What lies on which disk. With a data partition the system is mounted read-only: a power cut cannot hurt it, and nothing that
// breaks in survives a start (docs/decisions/2026-11-27-kiosk-machine.md says why not an overlay).
import { systemFile, systemFolder, type DeclaredFolder, type Part } from '../declared.ts'
import type { Facts } from '../facts.ts'
import { configFile, dataFolder, releasesFolder, runtimeOwned } from '../places.ts'
import { updateUser } from '../users.ts'

/** Where the data partition is mounted; its folders are bound to their places from here. */
export const dataMount = '/data'

const updaterOwned = { mode: 0o755, owner: updateUser.name, group: updateUser.name }

type Bound = DeclaredFolder & { source: string; options: string }

const common = 'bind,nodev,nosuid,noatime'

/** What a kiosk has to keep: everything else of a system can be made anew. */
const bound: readonly Bound[] = [
  {
    path: dataFolder,
    ...runtimeOwned,
    source: `${dataMount}/kiosk`,
    options: `${common},noexec`,
    why: 'journal, counters, identity and configuration: the money',
  },
  {
    path: releasesFolder,
    ...updaterOwned,
    source: `${dataMount}/opt`,
    options: common,
    why: 'the releases: the updater writes them, the runtime cannot',
  },
  {
    path: '/var/log/journal',
    mode: 0o2755,
    owner: 'root',
    group: 'systemd-journal',
    source: `${dataMount}/journal`,
    options: `${common},noexec`,
    why: 'the log of the system, which explains a start that failed',
  },
  {
    path: '/var/lib/systemd',
    mode: 0o755,
    owner: 'root',
    group: 'root',
    source: `${dataMount}/systemd`,
    options: `${common},noexec`,
    why: 'the random seed, the clock at the last stop, when timers last ran',
  },
  {
    path: '/var/lib/chrony',
    mode: 0o750,
    owner: '_chrony',
    group: '_chrony',
    source: `${dataMount}/chrony`,
    options: `${common},noexec`,
    why: 'how fast the clock of this machine runs',
  },
  {
    path: '/var/log/chrony',
    mode: 0o750,
    owner: '_chrony',
    group: '_chrony',
    source: `${dataMount}/chrony-log`,
    options: `${common},noexec`,
    why: 'chrony does not start where it cannot have the folder of its log',
  },
]

/** Those that a machine has even if all is on one partition. */
const always = bound.filter(({ path }) => path === dataFolder || path === releasesFolder)

const folderOf = ({ path, mode, owner, group, why }: DeclaredFolder): DeclaredFolder => ({
  path,
  mode,
  owner,
  group,
  why,
})

/** fstab(5). */
export const fstabOf = ({ root, data }: { root: string; data: string }): string =>
  [
    '# Made by provisioning/kiosk from machine.json; changed by hand it is put back.',
    `${root} / ext4 ro,noatime 0 1`,
    // Money is written here: a disk with errors is not written to any further.
    `${data} ${dataMount} ext4 rw,noatime,nodev,nosuid,errors=remount-ro 0 2`,
    ...bound.map(
      ({ path, source, options }) =>
        `${source} ${path} none ${options},x-systemd.requires-mounts-for=${dataMount} 0 0`,
    ),
    'tmpfs /tmp tmpfs mode=1777,nodev,nosuid,noexec,size=128m 0 0',
    'tmpfs /var/tmp tmpfs mode=1777,nodev,nosuid,noexec,size=64m 0 0',
    '',
  ].join('\n')

export const disk = ({ machine }: Facts): Part => ({
  name: 'disk',
  folders: [
    ...(machine.disk === null ? always : bound).map(folderOf),
    {
      path: `${releasesFolder}/releases`,
      ...updaterOwned,
      why: 'one folder a release',
    },
    ...(machine.disk === null
      ? []
      : [
          systemFolder({ path: dataMount, why: 'the data partition' }),
          ...bound.map((one) => ({ ...folderOf(one), path: one.source })),
          { path: `${dataMount}/opt/releases`, ...updaterOwned, why: 'one folder a release' },
        ]),
    systemFolder({ path: '/etc/kiosk', why: 'what this machine is' }),
  ],
  links: [
    {
      path: configFile,
      to: `${dataFolder}/config.json`,
      why: 'the office changes the configuration while the system is read-only',
    },
  ],
  files:
    machine.disk === null
      ? []
      : [
          {
            ...systemFile({
              path: '/etc/fstab',
              content: fstabOf(machine.disk),
              why: 'the system read-only, the data apart',
            }),
            class: 'mount',
          },
        ],
})
