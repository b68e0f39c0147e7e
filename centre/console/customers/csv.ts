// Lines of a CSV file (RFC 4180) that a spreadsheet opens without running anything of it.
import { formatEnergy, type Energy } from '../../../domain/energy.ts'
import { formatMoney, minor } from '../../../domain/money.ts'

/** Ends with CR LF. A text that a spreadsheet would take for a formula gets an apostrophe in front. */
export const csvLine = (fields: readonly string[]): string => `${fields.map(field).join(',')}\r\n`

const field = (text: string): string => {
  const safe = /^[=+@\t\r]|^-(?!\d+(\.\d+)?$)/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** `12345` as `123.45`: what a spreadsheet can add up. */
export const moneyField = (amount: number): string => formatMoney(minor(amount))
export const energyField = (amount: Energy): string => formatEnergy(amount)
