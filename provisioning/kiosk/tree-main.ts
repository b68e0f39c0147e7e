// A Debian tree is brought to a kiosk twice and checked: `npm run test:tree [-- bookworm]`. As root, with mmdebstrap; minutes.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aMachine } from './a-machine.ts'
import { dataFolder, machineFile } from './places.ts'

/** What test programs end with that could not run: not passed, not failed. */
const notRun = 77
/** What a Debian that was just installed has and the parts take for granted. */
const system = 'systemd-sysv,udev,dbus'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** Why it cannot run here; null when it can. */
const whyNot = (): string | null => {
  if (process.getuid?.() !== 0) return 'a tree is made by root only'
  return existsSync('/usr/bin/mmdebstrap') ? null : 'mmdebstrap is not installed'
}

const call = (program: string, ...args: string[]): { status: number; out: string } => {
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 64_000_000,
  })
  return { status: status ?? 1, out: `${stdout}${stderr}` }
}

const expecting = (what: string, holds: boolean, out: string): void => {
  if (!holds) throw new Error(`${what}: no\n${out}`)
  say(`${what}: yes`)
}

const check = (suite: string, root: string): void => {
  const made = call('mmdebstrap', '--variant=minbase', `--include=${system}`, suite, root)
  expecting(`a tree of Debian ${suite}`, made.status === 0, made.out)
  const { machine } = aMachine()
  mkdirSync(join(root, '/etc/kiosk'), { recursive: true })
  writeFileSync(join(root, machineFile), JSON.stringify(machine))
  mkdirSync(join(root, dataFolder), { recursive: true })
  const example = readFileSync(new URL('../config.example.json', import.meta.url))
  writeFileSync(join(root, dataFolder, 'config.json'), example)
  const tool = (act: string) =>
    call(process.execPath, new URL('main.ts', import.meta.url).pathname, act, '--root', root)
  const first = tool('--apply')
  expecting('it is brought to a kiosk', first.status === 0, first.out)
  const second = tool('--apply')
  expecting('a second run changes nothing', second.out === 'nothing to change\n', second.out)
  // A tree of this kind has no release: that is the one thing which may be missing.
  const left = tool('--check')
    .out.split('\n')
    .filter((line) => line !== '')
  const unexpected = left.filter((line) => !line.startsWith('release '))
  expecting('the check finds nothing else', unexpected.length === 0, left.join('\n'))
  if (call('chroot', root, 'udevadm', 'verify', '--help').status !== 0) {
    say('udev takes the rules: not run; udevadm has no verify before Debian 13')
    return
  }
  const rules = '/etc/udev/rules.d/70-kiosk.rules'
  const udev = call('chroot', root, 'udevadm', 'verify', '--resolve-names=never', rules)
  expecting('udev takes the rules', udev.status === 0, udev.out)
}

const why = whyNot()
const suite = process.argv[2] ?? 'trixie'
if (why !== null) {
  say(`not run: ${why}`)
  process.exitCode = notRun
} else if (!['bookworm', 'trixie'].includes(suite)) {
  say('the tree is of bookworm or trixie')
  process.exitCode = 2
} else {
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-tree-'))
  try {
    check(suite, join(folder, 'root'))
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
