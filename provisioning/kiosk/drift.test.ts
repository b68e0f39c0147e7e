// A tree is brought to what is declared, twice; then something of each class is changed, and the check names it.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { aMachine, notesAdapter } from './a-machine.ts'
import { apply } from './applying.ts'
import { systemFile, systemFolder, type Declared } from './declared.ts'
import { differencesOf } from './differences.ts'
import { findIn } from './found.ts'
import { liveDifferences, type Live } from './live.ts'
import { declaredFor } from './parts.ts'
import { rulesOf } from './parts/firewall.ts'
import { releaseDifferences } from './release-check.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kiosk-tree-'))
  const { uid, gid } = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }
  put('/etc/passwd', `root:x:${uid}:${gid}::/:/bin/sh\nkiosk-rt:x:480:480::/:/usr/sbin/nologin\n`)
  put('/etc/group', `root:x:${gid}:\nkiosk-rt:x:480:\ndialout:x:20:kiosk-rt\n`)
  put('/var/lib/dpkg/status', 'Package: nftables\nStatus: install ok installed\n\n')
})
afterEach(() => rmSync(root, { recursive: true }))

const put = (path: string, content: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}

const declared: Declared = {
  packages: [{ name: 'nftables', why: 'the firewall' }],
  users: [{ name: 'kiosk-rt', id: 480, groups: ['dialout'], why: 'the runtime' }],
  folders: [systemFolder({ path: '/etc/udev/rules.d', class: 'usb', closed: true, why: 'names' })],
  files: [
    systemFile({ path: '/etc/kiosk/one.conf', content: 'one\n', why: 'a file' }),
    systemFile({
      path: '/etc/udev/rules.d/70-kiosk.rules',
      class: 'usb',
      content: '',
      why: 'names',
    }),
    systemFile({ path: '/etc/nftables.conf', class: 'firewall', content: 'table\n', why: 'rules' }),
    systemFile({ path: '/etc/fstab', class: 'mount', content: 'disks\n', why: 'disks' }),
  ],
  links: [{ path: '/etc/kiosk/config.json', to: '/var/lib/kiosk/config.json', why: 'a link' }],
  units: [
    { name: 'kiosk-runtime.service', state: 'enabled', why: 'it sells' },
    { name: 'getty@.service', state: 'masked', why: 'no console' },
  ],
}

/** What systemctl does to a tree, by links (systemctl(1), enable and mask). */
const systemctl = async (words: readonly string[]): Promise<string> => {
  const [program, , act, name = ''] = words
  expect(program).toBe('systemctl')
  const at = act === 'mask' ? name : `multi-user.target.wants/${name}`
  const path = join(root, '/etc/systemd/system', at)
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(act === 'mask' ? '/dev/null' : `/etc/systemd/system/${name}`, path)
  return ''
}

const applied = async () => {
  const said: string[] = []
  const say = (line: string) => said.push(line)
  await apply({ root, declared, people: [], run: systemctl, say })
  return said
}
const drift = async () =>
  differencesOf(declared, await findIn(root, declared), []).map(
    ({ class: kind, what }) => `${kind} ${what}`,
  )

test('a second run changes nothing, and the check finds nothing', async () => {
  expect(await applied()).toHaveLength(8)
  expect(await applied()).toEqual([])
  expect(await drift()).toEqual([])
})

test.each<[string, () => void]>([
  ['file etc/kiosk/one.conf', () => put('/etc/kiosk/one.conf', 'two\n')],
  ['file etc/kiosk/one.conf', () => chmodSync(join(root, '/etc/kiosk/one.conf'), 0o666)],
  ['file etc/kiosk/one.conf', () => rmSync(join(root, '/etc/kiosk/one.conf'))],
  ['usb etc/udev/rules.d/99-other.rules', () => put('/etc/udev/rules.d/99-other.rules', '')],
  ['firewall etc/nftables.conf', () => put('/etc/nftables.conf', 'open\n')],
  ['mount etc/fstab', () => put('/etc/fstab', 'writable\n')],
  ['link etc/kiosk/config.json', () => rmSync(join(root, '/etc/kiosk/config.json'))],
  ['unit getty@.service', () => rmSync(join(root, '/etc/systemd/system/getty@.service'))],
])('drift is named, and put right: %s', async (name, change) => {
  await applied()
  change()
  expect(await drift()).toEqual([name])
  await applied()
  expect(await drift()).toEqual([])
})

test.each([
  ['user kiosk-rt', '/etc/passwd', 'kiosk-rt:x:480:480::/:/bin/bash\n'],
  ['user thief', '/etc/passwd', 'thief:x:0:0::/:/bin/sh\n'],
  ['user visitor', '/etc/passwd', 'visitor:x:1000:1000::/:/bin/bash\n'],
  ['package nftables', '/var/lib/dpkg/status', ''],
])('drift is named: %s', async (name, path, content) => {
  await applied()
  const before = execFileSync('grep', ['-v', '^kiosk-rt', join(root, '/etc/passwd')], {
    encoding: 'utf8',
  })
  const whole = 'kiosk-rt:x:480:480::/:/usr/sbin/nologin\n'
  const keep = content.startsWith('kiosk-rt') ? '' : whole
  put(path, path === '/etc/passwd' ? `${before}${keep}${content}` : content)
  expect(await drift()).toContain(name)
})

test('a changed file of the release is drift, and so is a release that is not there', async () => {
  expect(await releaseDifferences(root)).toMatchObject([{ class: 'release' }])
  const sha256 = createHash('sha256').update('node').digest('hex')
  put('/opt/kiosk/current/node/bin/node', 'node')
  put('/opt/kiosk/current/release.json', JSON.stringify({ files: { 'node/bin/node': { sha256 } } }))
  expect(await releaseDifferences(root)).toEqual([])
  put('/opt/kiosk/current/node/bin/node', 'another node')
  expect(await releaseDifferences(root)).toMatchObject([
    { class: 'release', what: 'opt/kiosk/current/node/bin/node' },
  ])
})

const facts = aMachine()
const whole = declaredFor(facts)
const well: Live = {
  table: rulesOf(facts).split('\n').slice(3).join('\n'),
  mounts: [
    '1 0 254:1 / / rw,relatime - ext4 /dev/vda1 ro',
    '2 1 254:2 /kiosk /var/lib/kiosk rw,nodev - ext4 /dev/vda2 rw',
  ].join('\n'),
  states: new Map(whole.units.map(({ name }) => [name, 'active'])),
  devices: [{ ...notesAdapter, isAuthorised: true }],
  names: new Set(['/dev/kiosk/notes', '/dev/kiosk/printer', '/dev/kiosk/card', '/dev/kiosk/key']),
}

test('a running machine that is well has no drift', () => {
  expect(liveDifferences(whole, facts, well)).toEqual([])
})

test.each<[string, Partial<Live>]>([
  ['firewall table inet kiosk', { table: null }],
  [
    'firewall table inet kiosk',
    { table: well.table?.replace('policy drop', 'policy accept') ?? '' },
  ],
  ['mount /', { mounts: well.mounts.replace(/ro$/m, 'rw') }],
  ['mount var/lib/kiosk', { mounts: well.mounts.split('\n')[0] ?? '' }],
  ['unit chrony.service', { states: new Map([...well.states, ['chrony.service', 'failed']]) }],
  ['usb dev/kiosk/card', { names: new Set([...well.names].filter((n) => !n.endsWith('card'))) }],
  ['usb 1-7', { devices: [...well.devices, { ...notesAdapter, port: '1-7', isAuthorised: true }] }],
])('drift of a running machine is named: %s', (name, change) => {
  const found = liveDifferences(whole, facts, { ...well, ...change })
  expect(found.map(({ class: kind, what }) => `${kind} ${what}`)).toEqual([name])
})
