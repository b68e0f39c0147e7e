// How a simulated card comes into the world: new from the factory, or issued with everything it is to carry.
import { MeterNumber, type CardSerial } from '../../../domain/identifiers.ts'
import type { Protocol } from '../../../domain/power-card/atr.ts'
import { concat, fromHex, toHex } from '../../../domain/power-card/bytes.ts'
import {
  isOfMeter,
  writeCardRecord,
  type CardRecord,
} from '../../../domain/power-card/card-record.ts'
import {
  unitFlag,
  writeParameters,
  type Parameters,
} from '../../../domain/power-card/parameters.ts'
import { writePrices, type Prices } from '../../../domain/power-card/prices.ts'
import {
  channel,
  noOrder,
  purchaseUnit,
  writePurchase,
  type PurchaseFields,
} from '../../../domain/power-card/purchase.ts'
import { writeWriteBack, type WriteBack } from '../../../domain/power-card/write-back.ts'
import {
  cardKeyNames,
  cardKeysOf,
  meterKeyOf,
  transportVersion,
  type MasterKeys,
} from '../../../domain/power-card/keys.ts'
import { cardFiles } from '../../../domain/power-card/layout.ts'
import { sealPurchase, sealRecord, sealWriteBack } from '../../../domain/power-card/seals.ts'
import { fullTries, type CardState } from './state.ts'

const zeros = (size: number): string => '00'.repeat(size)

/** As it leaves the factory: un-issued, all zero, with nothing but K_AD of key version 0000 (power-card.md 3). */
export const newCard = (card: {
  serial: CardSerial
  /** K_AD of key version 0000, 16 bytes. */
  transportKey: Uint8Array
  protocol?: Protocol
}): CardState => ({
  protocol: card.protocol ?? 'T=0',
  serial: card.serial,
  issued: false,
  keyVersion: transportVersion,
  keys: { K_AD: toHex(card.transportKey) },
  tries: { ...fullTries },
  files: {
    1: zeros(cardFiles.parameters.size),
    2: zeros(cardFiles.purchase.size),
    3: zeros(cardFiles.currentPrices.size),
    4: zeros(cardFiles.standbyPrices.size),
    5: zeros(cardFiles.writeBack.size),
    7: zeros(cardFiles.queue.size),
  },
  journal: [],
})

export type IssuedCard = {
  masterKeys: MasterKeys & { MK_MT: Uint8Array }
  serial: CardSerial
  /** Of the card keys; 1 unless told. It goes into EF01 too. */
  keyVersion?: number
  /** Of K_MT; 1 unless told. */
  meterKeyVersion?: number
  parameters: Omit<Parameters, 'keyVersion'>
  /** None unless told: count 0, no order, and a valid seal all the same. A service order gets no seal. */
  purchase?: PurchaseFields
  currentPrices?: Prices
  standbyPrices?: Prices
  /** Empty unless told. */
  writeBack?: WriteBack
  /** The newest first. */
  journal?: CardRecord[]
  protocol?: Protocol
}

/** An issued card with sealed content, as if office and meter had written it. */
export const issuedCard = (card: IssuedCard): CardState => {
  const { masterKeys, parameters, currentPrices, standbyPrices, writeBack } = card
  const { keyVersion = 1, meterKeyVersion = 1, journal = [], protocol = 'T=0' } = card
  const serial = fromHex(card.serial)
  const keys = cardKeysOf(masterKeys, { serial, keyVersion })
  const keyOf = (meter: MeterNumber): Uint8Array =>
    meterKeyOf(masterKeys.MK_MT, { meter, keyVersion: meterKeyVersion })
  const { meter, customer } = parameters
  const blank = newCard({ serial: card.serial, transportKey: keys.K_AD, protocol })

  const purchaseFile = (fields: PurchaseFields): Uint8Array =>
    fields.unit === purchaseUnit.service
      ? concat(writePurchase(fields), new Uint8Array(8))
      : sealPurchase(keyOf(meter), writePurchase(fields), { meter, customer, serial })
  const record = (fields: CardRecord): string => {
    const writer = isOfMeter(fields.event) ? MeterNumber.parse(fields.terminal) : meter
    return toHex(sealRecord(keyOf(writer), writeCardRecord(fields), serial))
  }

  return {
    ...blank,
    issued: true,
    keyVersion,
    keys: Object.fromEntries(cardKeyNames.map((name) => [name, toHex(keys[name])])),
    files: {
      1: toHex(writeParameters({ ...parameters, keyVersion })),
      2: toHex(purchaseFile(card.purchase ?? noPurchase(parameters))),
      3: currentPrices === undefined ? blank.files[3] : toHex(writePrices(currentPrices)),
      4: standbyPrices === undefined ? blank.files[4] : toHex(writePrices(standbyPrices)),
      5:
        writeBack === undefined
          ? blank.files[5]
          : toHex(sealWriteBack(keyOf(writeBack.meter), writeWriteBack(writeBack), serial)),
      7: blank.files[7],
    },
    journal: journal.map(record),
  }
}

const noPurchase = ({ unitFlags }: Pick<Parameters, 'unitFlags'>): PurchaseFields => ({
  amount: 0,
  count: 0,
  energy: 0,
  orderNumber: noOrder,
  time: 0,
  unit: (unitFlags & unitFlag.energyMode) === 0 ? purchaseUnit.money : purchaseUnit.energy,
  channel: channel.office,
  flags: 0,
  arrears: 0,
})
