// Pure: a kiosk's configuration as it may be sent and kept here: what is secret in it stays on the kiosk.
import { secretMembers } from '../../../domain/fleet/operations.ts'

/** The text of a file of JSON without its secret members. Throws when it is none. */
export const withoutSecrets = (text: string): string => {
  const value = jsonOf(text)
  for (const path of secretMembers) {
    const holder = path.slice(0, -1).reduce<unknown>(memberOf, value)
    if (isObject(holder)) Reflect.deleteProperty(holder, path.at(-1) ?? '')
  }
  return JSON.stringify(value)
}

/** What stands in it is not repeated: it may be a secret. */
const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error('the configuration must be JSON')
  }
}

const memberOf = (value: unknown, name: string): unknown =>
  isObject(value) ? value[name] : undefined

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
