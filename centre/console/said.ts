// What the console says over HTTP.
import type { RefusalCode } from '../../domain/console/refusals.ts'
import { refusalOf, type Told, type ValuesIn } from './asking.ts'

/** HTTP status and what is told as JSON. */
export type Said = { status: number; body: unknown }

/** `{ refusal }`: whoever asked reads it in a language of their own. */
export const refusing = <Code extends RefusalCode>(
  status: number,
  code: Code,
  ...values: ValuesIn<Code>
): Said => ({ status, body: { refusal: refusalOf(code, ...values) } })

export const said = (told: Told<unknown>): Said =>
  told.kind === 'told'
    ? { status: 200, body: told.told }
    : { status: told.status, body: { refusal: told.refusal } }
