// The updater: takes bundles, and chooses before every start of the runtime which release that is
// (docs/decisions/2026-11-27-updates.md). Its programs are those of the last good release, never of the one on trial.
import { systemFile, type Part } from '../declared.ts'
import type { Facts } from '../facts.ts'
import { releasesFolder } from '../places.ts'
import { sandbox, unitText, type Section } from '../unit-text.ts'
import { runtimeUser, updateUser } from '../users.ts'
import { dataMount } from './disk.ts'

/** The runtime writes here what it fetched and wishes; the updater only reads. */
export const incomingFolder = `${releasesFolder}/incoming`

const good = `${releasesFolder}/good`
const programOf = (act: 'take' | 'choose' | 'settle') =>
  `${good}/node/bin/node ${good}/app/provisioning/updater/main.ts ${act}`

const confined: Section = {
  User: updateUser.name,
  Group: updateUser.name,
  ...sandbox,
  // What it unpacks is for others to run.
  UMask: '0022',
  ReadWritePaths: releasesFolder,
  ProcSubset: 'pid',
  RestrictNamespaces: true,
  CapabilityBoundingSet: '',
  AmbientCapabilities: '',
  SystemCallFilter: ['@system-service', '~@privileged @resources'],
  RestrictAddressFamilies: 'AF_UNIX',
  IPAddressDeny: 'any',
  PrivateNetwork: true,
}

const takeUnit = unitText({
  Unit: {
    Description: 'WattPoint: checks a bundle and unpacks it beside what runs',
    // Without the key of the releases nothing can be checked, and nothing is taken.
    ConditionPathExists: '/etc/kiosk/release-key.pem',
  },
  Service: {
    Type: 'oneshot',
    ExecStart: programOf('take'),
    TimeoutStartSec: 900,
    // The kiosk sells meanwhile.
    Nice: 15,
    IOSchedulingClass: 'idle',
    ...confined,
  },
  Install: { WantedBy: 'multi-user.target' },
})

const chooseUnit = unitText({
  Unit: {
    Description: 'WattPoint: chooses the release that starts',
    After: 'local-fs.target',
    Before: 'kiosk-runtime.service',
  },
  Service: { Type: 'oneshot', ExecStart: programOf('choose'), TimeoutStartSec: 30, ...confined },
})

const settleUnit = unitText({
  Unit: { Description: 'WattPoint: ends the trial of a release' },
  Service: { Type: 'oneshot', ExecStart: programOf('settle'), TimeoutStartSec: 30, ...confined },
})

const whenChanged = (file: string, what: string): string =>
  unitText({
    Unit: { Description: `WattPoint: waits for ${what}` },
    Path: { PathChanged: `${incomingFolder}/${file}` },
    Install: { WantedBy: 'multi-user.target' },
  })

/**
 * Wants, not Requires: a choice that fails leaves the link as it is, and the kiosk sells. A oneshot that has ended is started
 * again with every start of the runtime, also with those of Restart=.
 */
const beforeRuntime = unitText({
  Unit: { Wants: 'kiosk-choose.service', After: 'kiosk-choose.service' },
  Service: { ReadWritePaths: `-${incomingFolder}` },
})

const unit = (name: string, content: string, why: string) =>
  systemFile({ path: `/etc/systemd/system/${name}`, content, why })

/** Its group reads what the runtime lays there: the group comes with the folder. */
const incoming = {
  mode: 0o2750,
  owner: runtimeUser.name,
  group: updateUser.name,
  why: 'from the runtime to the updater: bundle, signature, wish, health',
}

export const update = ({ machine }: Facts): Part => ({
  name: 'update',
  folders: [
    { path: incomingFolder, ...incoming },
    ...(machine.disk === null ? [] : [{ path: `${dataMount}/opt/incoming`, ...incoming }]),
    {
      path: '/etc/systemd/system/kiosk-runtime.service.d',
      mode: 0o755,
      owner: 'root',
      group: 'root',
      why: 'what the updater adds to the runtime',
    },
  ],
  files: [
    unit('kiosk-update.service', takeUnit, 'bundles are checked by a user who cannot sell'),
    unit('kiosk-choose.service', chooseUnit, 'a release that does not run well gives way'),
    unit('kiosk-settle.service', settleUnit, 'a release that sells well is the good one'),
    // The signature is written last.
    unit(
      'kiosk-update.path',
      whenChanged('bundle.tar.gz.sig', 'a bundle'),
      'the runtime has fetched a bundle',
    ),
    unit(
      'kiosk-settle.path',
      whenChanged('health.json', 'word of a trial'),
      'the runtime says how its trial goes',
    ),
    unit(
      'kiosk-runtime.service.d/update.conf',
      beforeRuntime,
      'no start of the runtime without a choice before it',
    ),
  ],
  units: [
    { name: 'kiosk-update.path', state: 'enabled', running: true, why: 'bundles come' },
    { name: 'kiosk-settle.path', state: 'enabled', running: true, why: 'trials end' },
    { name: 'kiosk-update.service', state: 'enabled', why: 'what a power cut left half done' },
  ],
})
