// What can be known of the declared files without a machine: the programs that will read them read them here. One that is not
// installed leaves its test not run, with the reason in its name.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { afterAll, describe, expect, test } from 'vitest'
import { aMachine } from './a-machine.ts'
import { unknownMachine, type Facts } from './facts.ts'
import { declaredFor } from './parts.ts'
import { cardRules } from './parts/card.ts'
import { policiesFor } from './parts/browser.ts'
import { rulesCounted, rulesOf } from './parts/firewall.ts'
import { udevRules } from './parts/usb.ts'

const folder = mkdtempSync(join(tmpdir(), 'kiosk-static-'))
afterAll(() => rmSync(folder, { recursive: true }))

const bare: Facts = { machine: unknownMachine, kiosk: null }
const machines = { 'a bare machine': bare, 'a machine with everything': aMachine() }

const call = (program: string, ...args: string[]) => {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' })
  return { status, stdout, said: `${stderr}${error?.message ?? ''}` }
}
const has = (program: string, ...args: string[]) => spawnSync(program, args).status === 0
const written = (name: string, content: string) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
/** A unit whose program is not on this computer is looked at with one that is. */
const unitsOf = (facts: Facts) =>
  declaredFor(facts)
    .files.filter(({ path }) => /^\/etc\/systemd\/system\/[^/]+\.(service|timer|path)$/.test(path))
    .map(({ path, content }) => ({
      name: path.replace(/.*\//, ''),
      content: content.replace(/^ExecStart=\/\S+/gm, 'ExecStart=/bin/true'),
    }))

const noSystemd = has('systemd-analyze', '--version') ? null : 'systemd-analyze is not installed'
const notRun = (why: string | null) => (why === null ? '' : ` (not run: ${why})`)

describe.each(Object.entries(machines))('the units of %s', (_, facts) => {
  test.skipIf(noSystemd !== null)(`are read by systemd without a word${notRun(noSystemd)}`, () => {
    const paths = unitsOf(facts).map(({ name, content }) => written(name, content))
    // The exit code is 0 even for a key it does not know (kiosk-machine.md 16, X1).
    expect(call('systemd-analyze', 'verify', ...paths)).toMatchObject({ status: 0, said: '' })
  })
})

test.skipIf(noSystemd !== null)(`a misspelt key is noticed${notRun(noSystemd)}`, () => {
  const [unit] = unitsOf(bare)
  const path = written(
    'kiosk-wrong.service',
    `${unit?.content ?? ''}\n[Service]\nNoNewPriviliges=yes\n`,
  )
  expect(call('systemd-analyze', 'verify', path).said).toContain('NoNewPriviliges')
})

/** Ten times the exposure that systemd gives (kiosk-machine.md 16, X2); the browser's own sandbox needs namespaces. */
const thresholds: [string, number][] = [
  ['kiosk-runtime.service', 20],
  ['kiosk-check.service', 20],
  ['kiosk-update.service', 20],
  ['kiosk-choose.service', 20],
  ['kiosk-settle.service', 20],
  ['kiosk-screen.service', 25],
]
test.skipIf(noSystemd !== null).each(thresholds)(
  `%s is exposed no more than %i tenths${notRun(noSystemd)}`,
  (name, most) => {
    for (const facts of Object.values(machines)) {
      const unit = unitsOf(facts).find((one) => one.name === name)
      const path = written(name, unit?.content ?? '')
      const asked = ['security', '--offline=true', `--threshold=${most}`, path]
      expect(call('systemd-analyze', ...asked)).toMatchObject({ status: 0 })
    }
  },
)

const noNft = has('nft', '--version') ? null : 'nft is not installed'
const noNamespace =
  noNft ?? (has('unshare', '-n', 'true') ? null : 'no network namespace may be made here: not root')

describe.each(Object.entries(machines))('the firewall of %s', (_, facts) => {
  test.skipIf(noNamespace !== null)(`loads, and counts as loaded${notRun(noNamespace)}`, () => {
    const path = written('kiosk.nft', rulesOf(facts))
    const shell = 'nft -c -f "$0" && nft -f "$0" && nft -f "$0" && nft list table inet kiosk'
    const { status, stdout, said } = call('unshare', '-n', 'sh', '-c', shell, path)
    expect({ status, said }).toEqual({ status: 0, said: '' })
    expect(rulesCounted(stdout)).toBe(rulesCounted(rulesOf(facts)))
    expect(rulesCounted(stdout)).toMatch(/^input drop \d+, forward drop 0, output drop \d+$/)
  })
})

const noVerify = has('udevadm', 'verify', '--help')
  ? null
  : 'udevadm has no verify here: it comes with Debian 13'
test.skipIf(noVerify !== null)(`udev takes the rules${notRun(noVerify)}`, () => {
  const path = written('70-kiosk.rules', udevRules(aMachine().machine))
  expect(call('udevadm', 'verify', '--resolve-names=never', path)).toMatchObject({ status: 0 })
})

test('a udev rule is matches and assignments of keys that udev knows, joined by commas', () => {
  const known =
    /^((SUBSYSTEM|KERNEL|ENV\{\w+\})=="[^"]+"|SYMLINK\+="kiosk\/\w+"|GROUP="\w+"|MODE="0[0-7]{3}")$/
  const rules = udevRules(aMachine().machine)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  expect(rules).toHaveLength(4)
  expect(rules.flatMap((rule) => rule.split(', ')).filter((part) => !known.test(part))).toEqual([])
  expect(rules.join('\n')).not.toContain('ttyUSB')
})

test('the browser opens the page of this machine and the rescue page, and no other', () => {
  expect(JSON.parse(JSON.stringify(policiesFor(aMachine())))).toMatchObject({
    URLBlocklist: ['*'],
    URLAllowlist: ['http://127.0.0.1:8010', 'file:///usr/share/kiosk/rescue'],
    DeveloperToolsAvailability: 2,
    AllowFileSelectionDialogs: false,
  })
})

test('no browser is started with a port for its tools, or with a profile that stays', () => {
  const unit = declaredFor(aMachine()).files.find(({ path }) => path.endsWith('screen.service'))
  expect(unit?.content).not.toContain('remote-debugging')
  expect(unit?.content).toContain('--user-data-dir=/run/kiosk-screen/')
})

test.each([
  ['org.debian.pcsc-lite.access_card', 'kiosk-rt', 'yes'],
  ['org.debian.pcsc-lite.access_pcsc', 'kiosk-rt', 'yes'],
  ['org.debian.pcsc-lite.access_card', 'kiosk-ui', 'no'],
  ['org.freedesktop.login1.reboot', 'kiosk-rt', 'yes'],
  ['org.freedesktop.login1.reboot', 'kiosk-ui', 'not handled'],
  ['org.freedesktop.systemd1.manage-units', 'kiosk-rt', 'not handled'],
])('polkit, asked for %s by %s, says %s', (id, user, says) => {
  const rules: ((action: unknown, subject: unknown) => string)[] = []
  const polkit = {
    addRule: (rule: (typeof rules)[number]) => rules.push(rule),
    Result: { YES: 'yes', NO: 'no', NOT_HANDLED: 'not handled' },
  }
  runInNewContext(cardRules, { polkit })
  expect(rules.map((rule) => rule({ id }, { user }))).toEqual([says])
})

test('the shell takes the program of the screen', () => {
  const path = new URL('screen.sh', import.meta.url).pathname
  expect(call('bash', '-n', path)).toMatchObject({ status: 0, said: '' })
})

test('nothing that is declared can be written by one of our users and is run or read by root', () => {
  const { files, folders } = declaredFor(aMachine())
  const ours = [...files, ...folders].filter(({ owner }) => owner.startsWith('kiosk-'))
  expect(ours.map(({ path }) => path).filter((path) => /^\/(etc|usr)\//.test(path))).toEqual([])
})

test('every declared thing has its reason', () => {
  const { packages, users, folders, files, links, units } = declaredFor(aMachine())
  const all = [...packages, ...users, ...folders, ...files, ...links, ...units]
  expect(all.filter(({ why }) => why === '')).toEqual([])
})

test('the screen never stays black: the rescue page is one file with number, telephone and three languages', () => {
  const page = declaredFor(aMachine()).files.find(({ path }) => path.endsWith('index.html'))
  const content = page?.content ?? ''
  expect(content).toContain('000000000101')
  expect(content).toContain('0800 123 456')
  for (const language of ['en', 'zh', 'ar']) expect(content).toContain(`lang="${language}"`)
  expect(content).not.toMatch(/src=|href=/)
  expect(readFileSync(new URL('screen.sh', import.meta.url), 'utf8')).toContain('KIOSK_RESCUE')
})
