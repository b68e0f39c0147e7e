// Screens in, presses out, for the customer's page.
import { languages } from '../../domain/language.ts'
import { openStream, type Connection, type Listener } from '../parts/stream.ts'
import type { View } from './screen.ts'

export const connect = (listener: Listener<View>): Connection => openStream(viewOf, listener)

/** The view of one message, or null: a page newer or older than its kiosk shows nothing rather than nonsense. */
const viewOf = (data: string): View | null => {
  try {
    const value: unknown = JSON.parse(data)
    return isView(value) ? value : null
  } catch {
    return null
  }
}

const isView = (value: unknown): value is View =>
  hasFields(value, ['number', 'kiosk', 'currency', 'slots', 'now', 'wire', 'screen']) &&
  languages.some((language) => language === value['language']) &&
  hasFields(value['screen'], ['kind'])

const hasFields = (value: unknown, names: string[]): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && names.every((name) => name in value)
