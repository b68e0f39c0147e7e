// From a configured machine to one in service: enrolment as at commissioning, and what "in service" is seen by.
import type { HandInside } from './hand-inside.ts'
import type { Outside } from './outside.ts'
import { must } from './report.ts'
import { until } from './waiting.ts'

const node = '/opt/kiosk/current/node/bin/node'
const enrol = '/opt/kiosk/current/app/kiosk/enrolment/main.ts'

/** As the runtime's own user: root may not speak to the centre, the firewall sees to it. */
export const enrolInside = async (outside: Outside, inside: HandInside): Promise<string> => {
  const code = outside.enrolmentCode()
  const { output } = await until(
    'the kiosk has enrolled',
    async () => {
      const ran = await inside.run(
        `runuser -u kiosk-rt -- ${node} ${enrol} --config /etc/kiosk/config.json --code ${code}`,
        120_000,
      )
      last = `${ran.output}${ran.errors}`
      return ran.code === 0 && ran
    },
    { lookMs: 2_000 },
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}; ${last.trim()}`)
  })
  const { code: started, errors } = await inside.run(
    'systemctl restart kiosk-runtime.service',
    120_000,
  )
  must(started === 0, errors.trim())
  return output.trim()
}
let last = ''

/** The page invites customers. */
export const inService = async (inside: HandInside): Promise<string> => {
  let shown = 'nothing'
  await until(
    'the page invites',
    async () => {
      const screen = (await inside.view())?.screen
      shown = JSON.stringify(screen ?? null).slice(0, 400)
      return screen?.kind === 'attract'
    },
    { limitMs: 300_000, lookMs: 1_000 },
  ).catch(async (error: unknown) => {
    const { output } = await inside.run('journalctl -u kiosk-runtime -b -o cat -n 12')
    throw new Error(`${String(error)}; it shows ${shown}; ${output.trim()}`)
  })
  return shown
}
