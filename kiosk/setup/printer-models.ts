// The printer models that can be chosen in the set-up.
import {
  printerModels,
  type PrinterModelName,
} from '../../drivers/receipt-printer/escpos/models.ts'

/** The common part of ESC/POS: what every printer understands, before anybody has chosen. */
export const usualModel = 'generic-80' satisfies PrinterModelName

const isModel = (name: string): name is PrinterModelName => Object.hasOwn(printerModels, name)

/** A name that is none stays out: what was kept may be of an older release. */
export const modelNamed = (name: string): PrinterModelName => (isModel(name) ? name : usualModel)

/** As they are offered. */
export const modelsOffered: { name: PrinterModelName; called: string }[] = Object.entries(
  printerModels,
).flatMap(([name, { name: called }]) => (isModel(name) ? [{ name, called }] : []))
