// What stands on the command line of the authority, and how it says that something is wrong with it.
import { parseArgs } from 'node:util'
import { FrontName, type Holder } from '../../domain/enrolment/holder.ts'
import { KioskNumber } from '../../domain/identifiers.ts'
import { whyOf } from '../../server/config-file.ts'
import { Host } from './tls-config.ts'

export const usage = `usage: npm run authority -- --config FILE init
       npm run authority -- --config FILE code --kiosk NUMBER [--hours N]
       npm run authority -- --config FILE code --front NAME --host HOST [--host HOST …] [--hours N]
       npm run authority -- --config FILE list
       npm run authority -- --config FILE revoke --kiosk NUMBER --why TEXT
       npm run authority -- --config FILE revoke --front NAME --why TEXT`

export type AuthorityCommand =
  | { kind: 'init' }
  | { kind: 'list' }
  | { kind: 'code'; holder: Holder; hosts: string[]; lifeMs: number }
  | { kind: 'revoke'; holder: Holder; why: string }

export type AuthorityArguments =
  | { kind: 'arguments'; config: string; command: AuthorityCommand }
  | { kind: 'problems'; problems: string[] }

type Values = Partial<Record<'config' | 'kiosk' | 'front' | 'hours' | 'why', string>> & {
  host?: string[]
}

const usualHours = '24'
const mostHours = 14 * 24
const longestWhy = 200

export const authorityCommandOf = (args: string[]): AuthorityArguments => {
  let parsed: { values: Values; positionals: string[] }
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      strict: true,
      options: {
        config: { type: 'string' },
        kiosk: { type: 'string' },
        front: { type: 'string' },
        host: { type: 'string', multiple: true },
        hours: { type: 'string' },
        why: { type: 'string' },
      },
    })
  } catch (error) {
    return wrong(whyOf(error))
  }
  const { values, positionals } = parsed
  if (values.config === undefined) return wrong('--config: found nothing; must name a file')
  const [name, ...rest] = positionals
  if (rest.length > 0) return wrong(`found ${rest.join(' ')}; must be one command`)
  const command = commandNamed(name, values)
  return typeof command === 'string'
    ? wrong(command)
    : { kind: 'arguments', config: values.config, command }
}

const wrong = (problem: string): AuthorityArguments => ({
  kind: 'problems',
  problems: [problem, usage],
})

/** The command, or what is wrong with it. */
const commandNamed = (name: string | undefined, values: Values): AuthorityCommand | string => {
  switch (name) {
    case 'init':
    case 'list':
      return { kind: name }
    case 'code': {
      const holder = holderIn(values)
      return typeof holder === 'string' ? holder : codeFor(holder, values)
    }
    case 'revoke': {
      const holder = holderIn(values)
      if (typeof holder === 'string') return holder
      const why = values.why?.trim() ?? ''
      return why === '' || why.length > longestWhy
        ? '--why: must say in a few words why'
        : { kind: 'revoke', holder, why }
    }
    default:
      return `found ${name ?? 'no command'}; must be init, code, list or revoke`
  }
}

const codeFor = (holder: Holder, values: Values): AuthorityCommand | string => {
  const { host: hosts = [], hours: typed = usualHours } = values
  const hours = Number(typed)
  if (!(Number.isInteger(hours) && hours >= 1 && hours <= mostHours)) {
    return `--hours: found ${typed}; must be a number from 1 to ${mostHours}`
  }
  const odd = hosts.find((host) => !Host.safeParse(host).success)
  if (odd !== undefined) return `--host: found ${odd}; must be a host name or an address`
  if (holder.role === 'front' && hosts.length === 0) {
    return '--host: found nothing; must name where kiosks reach the front machine'
  }
  // Nobody asks a kiosk anything: a certificate that answers for a host would be good for deceiving others.
  if (holder.role === 'kiosk' && hosts.length > 0) return '--host: only a front machine has hosts'
  return { kind: 'code', holder, hosts, lifeMs: hours * 60 * 60_000 }
}

const holderIn = ({ kiosk, front }: Values): Holder | string => {
  if ((kiosk === undefined) === (front === undefined)) {
    return '--kiosk or --front: must name one machine'
  }
  if (kiosk !== undefined) {
    const number = KioskNumber.safeParse(kiosk)
    return number.success
      ? { role: 'kiosk', kiosk: number.data }
      : `--kiosk: found ${kiosk}; must be a kiosk number: 12 digits`
  }
  const name = FrontName.safeParse(front)
  return name.success
    ? { role: 'front', front: name.data }
    : `--front: found ${front}; ${name.error.issues[0]?.message}`
}
