// What stands on the command line of the alarms, and how it says that something is wrong with it.
import { parseArgs } from 'node:util'
import { KioskNumber } from '../domain/identifiers.ts'
import { whyOf } from '../server/config-file.ts'

export const usage = `usage: npm run alarms -- --config FILE [--kiosk NUMBER] [--all]
       npm run alarms -- --config FILE --acknowledge ALARM --by NAME
       npm run alarms -- --config FILE --clear ALARM --by NAME`

export type AlarmsCommand =
  /** `all`: with what is over, and the history of each. */
  | { kind: 'list'; kiosk: KioskNumber | null; all: boolean }
  | { kind: 'acknowledge'; alarm: number; by: string }
  | { kind: 'clear'; alarm: number; by: string }

export type AlarmsArguments =
  | { kind: 'arguments'; config: string; command: AlarmsCommand }
  | { kind: 'problems'; problems: string[] }

type Values = Partial<Record<'config' | 'kiosk' | 'acknowledge' | 'clear' | 'by', string>> & {
  all?: boolean
}

export const alarmsCommandOf = (args: string[]): AlarmsArguments => {
  let values: Values
  try {
    const text = { type: 'string' } as const
    const options = { config: text, kiosk: text, acknowledge: text, clear: text, by: text }
    values = parseArgs({
      args,
      strict: true,
      options: { ...options, all: { type: 'boolean' } },
    }).values
  } catch (error) {
    return wrong(whyOf(error))
  }
  if (values.config === undefined) return wrong('--config: found nothing; must name a file')
  const command = commandIn(values)
  return typeof command === 'string'
    ? wrong(command)
    : { kind: 'arguments', config: values.config, command }
}

const wrong = (problem: string): AlarmsArguments => ({
  kind: 'problems',
  problems: [problem, usage],
})

/** The command, or what is wrong with it. */
const commandIn = (values: Values): AlarmsCommand | string => {
  const { kiosk, acknowledge, clear, by, all = false } = values
  if (acknowledge !== undefined && clear !== undefined) {
    return '--clear: found beside --acknowledge; must be one of them'
  }
  const kind = acknowledge === undefined ? 'clear' : 'acknowledge'
  const id = acknowledge ?? clear
  if (id !== undefined) {
    if (!/^[1-9]\d{0,14}$/.test(id)) {
      return `--${kind}: found ${id}; must be the number that stands first in the list`
    }
    if (by === undefined || by.trim() === '') return '--by: found nothing; must name a person'
    return { kind, alarm: Number(id), by: by.trim() }
  }
  if (kiosk === undefined) return { kind: 'list', kiosk: null, all }
  const number = KioskNumber.safeParse(kiosk)
  return number.success
    ? { kind: 'list', kiosk: number.data, all }
    : `--kiosk: found ${kiosk}; must be the number of a kiosk`
}
