// What the machine looks like from inside once it is in service: units, devices, users, firewall, ports, drift, hardening.
import type { HandInside } from './hand-inside.ts'
import { differs } from '../../provisioning/kiosk/usage.ts'
import { must, type Report } from './report.ts'
import { until } from './waiting.ts'

/** Answers of `ss -ltnuH`: nothing else may listen. */
const documentedPorts = [
  /** The kiosk's page, for this machine only. */
  'tcp 127.0.0.1:8010',
  /** What chronyc asks. */
  'udp 127.0.0.1:323',
  'udp [::1]:323',
  /** Where DHCP hears of its address; the firewall lets in only what was asked for. */
  /^udp [\d.]+(%\w+)?:68$/,
] as const

const users = ['kiosk-rt', 'kiosk-ui', 'kiosk-up', 'kiosk-check']
const runtimeUnit = 'kiosk-runtime.service'
const screenUnit = 'kiosk-screen.service'
const deviceNames = ['notes', 'bank', 'printer']
/** Exposure times ten (kiosk-machine.md 16, X2). */
const mostExposed = 20

/** `hasScreen`: the screen was not left out of this start. `centre`: its address, with a slash before the port. */
export const lookInside = async (
  report: Report,
  inside: HandInside,
  { hasScreen, centre }: { hasScreen: boolean; centre: string },
): Promise<void> => {
  const ourUnits = hasScreen ? [runtimeUnit, screenUnit] : [runtimeUnit]
  const run = async (command: string): Promise<string> => (await inside.run(command)).output.trim()
  const lines = async (command: string): Promise<string[]> =>
    (await run(command)).split('\n').filter((line) => line !== '')

  await report.check('devices are there by function', async () => {
    const found = await until('all of /dev/kiosk', async () => {
      const names = await lines('ls /dev/kiosk')
      return deviceNames.every((name) => names.includes(name)) && names
    })
    return found.map((name) => `/dev/kiosk/${name}`).join(' ')
  })
  await report.check('no unit has failed', async () => {
    const failed = await lines('systemctl list-units --failed --plain --no-legend')
    must(failed.length === 0, failed.join('; '))
    return ''
  })
  for (const unit of ourUnits) {
    await report.check(`${unit} runs`, async () => {
      const state = await run(`systemctl is-active ${unit}`)
      must(state === 'active', `it is ${state}`)
      return ''
    })
  }
  await report.check('users are there, without a shell', async () => {
    const found = await lines(`getent passwd ${users.join(' ')}`)
    must(found.length === users.length, `found ${found.join('; ')}`)
    const withShell = found.filter((line) => !/:(\/usr)?\/s?bin\/(nologin|false)$/.test(line))
    must(withShell.length === 0, `with a shell: ${withShell.join('; ')}`)
    return users.join(' ')
  })
  await report.check('nothing of the kiosk runs as root', async () => {
    const found = (await lines(processes)).filter((line) => /opt\/kiosk|cage|chromium/.test(line))
    const asRoot = found.filter((line) => line.startsWith('root ') && !line.includes(agent))
    must(asRoot.length === 0, asRoot.join('; '))
    return `${found.length - 1} processes`
  })
  await report.check('the firewall is loaded and drops what it does not know', async () => {
    const table = await run('nft list table inet kiosk')
    const drops = table.match(/policy drop/g)?.length ?? 0
    must(drops >= 2, `found ${drops} chains that drop; ${table.slice(0, 200)}`)
    return `${drops} chains drop`
  })
  await report.check('only the runtime reaches the centre', async () => {
    const reaches = async (user: string) => {
      const knock = `runuser -u ${user} -- timeout 5 bash -c "</dev/tcp/${centre}"`
      return (await inside.run(knock)).code === 0
    }
    must(await reaches('kiosk-rt'), 'the runtime does not reach it')
    for (const user of ['root', 'kiosk-ui', 'kiosk-up']) {
      must(!(await reaches(user)), `${user} reaches it`)
    }
    return 'root, the screen and the updater do not'
  })
  await report.check('nothing listens but what is documented', async () => {
    const found = (await lines('ss -ltnuH')).map((line) => {
      const [kind = '', , , , local = ''] = line.split(/\s+/)
      return `${kind} ${local}`
    })
    const strange = found.filter(
      (port) =>
        !documentedPorts.some((known) =>
          typeof known === 'string' ? known === port : known.test(port),
        ),
    )
    must(strange.length === 0, strange.join('; '))
    return found.join(', ')
  })
  await report.check('the system cannot be written', async () => {
    const { code } = await inside.run('touch /usr/bin/wattpoint-test-file')
    must(code !== 0, '/usr/bin took a file')
    return ''
  })
  for (const unit of ourUnits) {
    await report.check(`${unit} is exposed less than ${mostExposed / 10}`, async () => {
      const said = await inside.run(`systemd-analyze security --threshold=${mostExposed} ${unit}`)
      const level = /exposure level for \S+: ([\d.]+)/.exec(said.output)?.[1] ?? 'not known'
      must(said.code === 0, `it is ${level}`)
      return level
    })
  }
  await report.check('the tool finds no drift', async () => {
    const { code, output, errors } = await inside.run(`${node} ${tool} --check`, 300_000)
    must(code === 0 || code === differs, `it did not come to its end: ${code} ${errors.trim()}`)
    const differences = output.split('\n').filter((line) => line !== '' && line !== 'no difference')
    const ofOurs = differences.filter((line) => hasScreen || !line.startsWith(`unit ${screenUnit}`))
    must(ofOurs.length === 0 && errors === '', `${ofOurs.join('; ')} ${errors.trim()}`)
    return differences.length === 0
      ? 'no difference'
      : `only the screen is left out: ${output.trim()}`
  })
}

const agent = '/usr/lib/wattpoint-test/agent.ts'
/** User and arguments of each process, from /proc: a kiosk has no ps. */
const processes =
  'for p in /proc/[0-9]*; do a=$(tr "\\0" " " < $p/cmdline); [ -n "$a" ] && echo "$(stat -c %U $p) $a"; done 2>/dev/null'
const node = '/opt/kiosk/current/node/bin/node'
const tool = '/opt/kiosk/current/app/provisioning/kiosk/main.ts'
