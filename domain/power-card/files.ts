// The files of the card by their content: one reader and one writer for each, the bytes to the letter (power-card.md 4).
//
// A reader takes any bytes and says what is wrong with them; a writer throws on a value that does not fit its field,
// because that is a bug. MACs inside the files are made and checked in seals.ts.
export { readParameters, writeParameters, kindAgrees, isServiceType } from './parameters.ts'
export { cardKind, cardType, noUpdate, unitFlag, updateFlag } from './parameters.ts'
export type { Parameters, ParametersProblem, ParametersRead } from './parameters.ts'
export { readPurchase, writePurchase, writeServiceOrder, noOrder } from './purchase.ts'
export { channel, purchaseFlag, purchaseUnit } from './purchase.ts'
export type { Purchase, PurchaseFields, PurchaseProblem } from './purchase.ts'
export { readPrices, writePrices } from './prices.ts'
export type { Prices, PricesProblem, PricesRead } from './prices.ts'
export { readWriteBack, writeWriteBack, meterStatus, writeBackFlag } from './write-back.ts'
export type { WriteBack, WriteBackProblem, WriteBackRead } from './write-back.ts'
export { readCardRecord, writeCardRecord, cardEvent, isOfMeter } from './card-record.ts'
export type { CardRecord, CardRecordRead } from './card-record.ts'
