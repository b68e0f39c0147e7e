// What stands on the command line of the claims, and how it says that something is wrong with it.
import { parseArgs } from 'node:util'
import { ReferenceNumber } from '../domain/claim.ts'
import { CustomerNumber, SaleId } from '../domain/identifiers.ts'
import type { Named, Paying } from './claim-office.ts'
import { whyOf } from '../server/config-file.ts'

export const usage = `usage: npm run claims -- --config FILE list
       npm run claims -- --config FILE show REFERENCE
       npm run claims -- --config FILE verify TEXT
       npm run claims -- --config FILE pay REFERENCE --to-account CUSTOMER --by NAME --and NAME
       npm run claims -- --config FILE pay REFERENCE --in-cash --by NAME --and NAME`

export type Command =
  | { kind: 'list' }
  | { kind: 'show'; reference: Named }
  | { kind: 'verify'; text: string }
  | ({ kind: 'pay' } & Paying)

export type ClaimsArguments =
  | { kind: 'arguments'; config: string; command: Command }
  | { kind: 'problems'; problems: string[] }

type Values = Partial<Record<'config' | 'to-account' | 'by' | 'and', string>> & {
  'in-cash'?: boolean
}

export const commandOf = (args: string[]): ClaimsArguments => {
  let parsed: { values: Values; positionals: string[] }
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      strict: true,
      options: {
        config: { type: 'string' },
        'to-account': { type: 'string' },
        'in-cash': { type: 'boolean' },
        by: { type: 'string' },
        and: { type: 'string' },
      },
    })
  } catch (error) {
    return wrong(whyOf(error))
  }
  const { values, positionals } = parsed
  const [name, ...rest] = positionals
  if (values.config === undefined) return wrong('--config: found nothing; must name a file')
  const command = commandNamed(name, rest.join(' '), values)
  return typeof command === 'string'
    ? wrong(command)
    : { kind: 'arguments', config: values.config, command }
}

const wrong = (problem: string): ClaimsArguments => ({
  kind: 'problems',
  problems: [problem, usage],
})

/** The command, or what is wrong with it. */
const commandNamed = (name: string | undefined, rest: string, values: Values): Command | string => {
  switch (name) {
    case 'list':
      return { kind: 'list' }
    case 'verify':
      return rest === ''
        ? 'TEXT: found nothing; must be the line of the QR code'
        : { kind: 'verify', text: rest }
    case 'show': {
      const reference = referenceIn(rest)
      return typeof reference === 'string' ? reference : { kind: 'show', ...reference }
    }
    case 'pay':
      return payCommand(rest, values)
    default:
      return `found ${name ?? 'no command'}; must be list, show, verify or pay`
  }
}

const payCommand = (rest: string, values: Values): Command | string => {
  const reference = referenceIn(rest)
  if (typeof reference === 'string') return reference
  const { by, and } = values
  if (by === undefined || and === undefined) return '--by and --and: must name two persons'
  const persons = [by, and] as const
  if (values['in-cash'] === true && values['to-account'] === undefined) {
    return { kind: 'pay', ...reference, to: { kind: 'cash' }, persons }
  }
  const customer = CustomerNumber.safeParse(values['to-account'])
  if (values['in-cash'] === true || !customer.success) {
    return `--to-account: found ${values['to-account'] ?? 'nothing'}; must be a customer number of 12 digits, or --in-cash alone`
  }
  return { kind: 'pay', ...reference, to: { kind: 'account', customer: customer.data }, persons }
}

/** As it stands on the slip, with spaces or without. */
const referenceIn = (text: string): { reference: Named } | string => {
  const sale = SaleId.safeParse(text)
  if (sale.success) return { reference: sale.data }
  const read = ReferenceNumber.safeParse(text.replaceAll(/\s/g, ''))
  return read.success
    ? { reference: read.data }
    : `REFERENCE: found ${text === '' ? 'nothing' : text}; must be the 12 digits on the slip, and one of these is wrong or missing`
}
