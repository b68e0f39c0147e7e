// The text of a unit file (systemd.syntax(7)) from its sections.

/** A directive that stands several times has a list. True is `yes`. */
export type Section = Readonly<Record<string, string | number | true | readonly string[]>>

export const unitText = (sections: Readonly<Record<string, Section>>): string =>
  Object.entries(sections)
    .map(([name, section]) => `[${name}]\n${linesOf(section).join('\n')}\n`)
    .join('\n')

const linesOf = (section: Section): string[] =>
  Object.entries(section).flatMap(([key, value]) => {
    if (value === true) return [`${key}=yes`]
    if (typeof value === 'string' || typeof value === 'number') return [`${key}=${value}`]
    return value.map((each) => `${key}=${each}`)
  })

/**
 * What every unit of ours gives up (systemd.exec(5)). Two things are not here, as Node and Chromium compile at run time and
 * need devices: MemoryDenyWriteExecute and PrivateDevices.
 */
export const sandbox: Section = {
  UMask: '0077',
  NoNewPrivileges: true,
  ProtectSystem: 'strict',
  ProtectHome: true,
  PrivateTmp: true,
  PrivateMounts: true,
  ProtectKernelTunables: true,
  ProtectKernelModules: true,
  ProtectKernelLogs: true,
  ProtectControlGroups: true,
  ProtectClock: true,
  ProtectHostname: true,
  ProtectProc: 'invisible',
  RestrictRealtime: true,
  RestrictSUIDSGID: true,
  LockPersonality: true,
  RemoveIPC: true,
  SystemCallArchitectures: 'native',
  SystemCallErrorNumber: 'EPERM',
  DevicePolicy: 'closed',
  KeyringMode: 'private',
  // A watchdog kills with SIGABRT: a core file would hold card data (kiosk-machine.md 16, X15).
  LimitCORE: 0,
}
