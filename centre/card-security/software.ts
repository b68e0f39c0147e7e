// Card security over a key file: derives, seals, verifies and writes scripts in this process (power-card.md 5 to 8).
import {
  appendRecord,
  clearWriteBack,
  officeSession,
  secureAll,
  update,
} from '../../domain/power-card/sessions.ts'
import { fromHex, toHex } from '../../domain/power-card/bytes.ts'
import { cardEvent, writeCardRecord } from '../../domain/power-card/card-record.ts'
import { purchaseFlag, purchaseUnit, writePurchase } from '../../domain/power-card/purchase.ts'
import {
  cardKeysOf,
  meterKeyOf,
  type CardKeys,
  type MasterKeys,
} from '../../domain/power-card/keys.ts'
import { cardFiles } from '../../domain/power-card/layout.ts'
import { isGenuine, provenToCentre } from '../../domain/power-card/proofs.ts'
import {
  isPurchaseSealed,
  isRecordSealed,
  isWriteBackSealed,
  sealPurchase,
  sealRecord,
} from '../../domain/power-card/seals.ts'
import type {
  CardSecurity,
  OfCard,
  OfMeter,
  PurchaseContent,
  RecordContent,
} from './card-security.ts'
import type { KeyFile } from './key-file.ts'
import type { ReceiptKey } from './receipt-key.ts'

/** No key leaves this closure. Asking for a version that is not in the file is a bug of the caller, and throws. */
export const softwareCardSecurity = (of: {
  keys: KeyFile
  receiptKey: ReceiptKey
}): CardSecurity => {
  const cardMasters = byVersion(of.keys.cards, mastersOf)
  const meterMasters = byVersion(of.keys.meters, ({ MK_MT }) => fromHex(MK_MT))

  const keysOf = ({ serial, keyVersion }: OfCard): CardKeys =>
    cardKeysOf(known(cardMasters, keyVersion), { serial: fromHex(serial), keyVersion })
  const K_MT = ({ meter, keyVersion }: OfMeter): Uint8Array =>
    meterKeyOf(known(meterMasters, keyVersion), { meter, keyVersion })

  return {
    acceptsVersion: (keyVersion) => cardMasters.has(keyVersion),
    acceptsMeterVersion: (keyVersion) => meterMasters.has(keyVersion),

    verifyLook: async ({ nonce, genuine, ef02, ef05, ...card }) => {
      const { K_IA, K_MP } = keysOf(card)
      const over = { nonce: fromHex(nonce), serial: fromHex(card.serial) }
      const isBare = (answer: string, sfi: number): boolean => {
        const proof = provenToCentre(fromHex(answer), { ...over, K_MP, sfi })
        return proof.kind === 'proven' && proof.label === 'RB'
      }
      return {
        genuine: isGenuine(fromHex(genuine), { ...over, K_IA }),
        files: isBare(ef02, cardFiles.purchase.sfi) && isBare(ef05, cardFiles.writeBack.sfi),
      }
    },

    verifyProof: async ({ nonce, proof, ...card }) => {
      const found = provenToCentre(fromHex(proof), {
        K_MP: keysOf(card).K_MP,
        nonce: fromHex(nonce),
        serial: fromHex(card.serial),
        sfi: cardFiles.purchase.sfi,
      })
      return found.kind === 'proven' ? found.label : null
    },

    verifyPurchase: async ({ ef02, serial, customer, ...meter }) =>
      isPurchaseSealed(K_MT(meter), fromHex(ef02), {
        meter: meter.meter,
        customer,
        serial: fromHex(serial),
      }),

    verifyWriteBack: async ({ ef05, serial, ...meter }) =>
      isWriteBackSealed(K_MT(meter), fromHex(ef05), fromHex(serial)),

    verifyRecord: async ({ meter, serial, record }) =>
      [...meterMasters.keys()].some((keyVersion) =>
        isRecordSealed(K_MT({ meter, keyVersion }), fromHex(record), fromHex(serial)),
      ),

    sealPurchase: async ({ serial, customer, purchase, ...meter }) => {
      const whose = { meter: meter.meter, customer, serial: fromHex(serial) }
      return toHex(sealPurchase(K_MT(meter), purchaseBytes(purchase), whose))
    },

    buildScript: async ({ meter, challenge, random, ef01, ef04, record, ef02, ...card }) => {
      const serial = fromHex(card.serial)
      const session = officeSession(keysOf(card), {
        challenge: fromHex(challenge),
        random: fromHex(random),
        serial,
      })
      const sealed = sealRecord(K_MT(meter), recordBytes(record, cardEvent.load), serial)
      const { parameters, standbyPrices, purchase } = cardFiles
      const writes = [
        ...(ef01 === null ? [] : [update(parameters.sfi, fromHex(ef01))]),
        ...(ef04 === null ? [] : [update(standbyPrices.sfi, fromHex(ef04))]),
        clearWriteBack,
        appendRecord(sealed),
        // The commit point, always last (8.2): a script that is cut off anywhere leaves the old purchase.
        update(purchase.sfi, fromHex(ef02)),
      ]
      return [session.authenticate, ...secureAll(writes, session)].map(toHex)
    },

    buildUndo: async ({ meter, challenge, random, writes, record, ef02, ...card }) => {
      const serial = fromHex(card.serial)
      const { key } = officeSession(keysOf(card), {
        challenge: fromHex(challenge),
        random: fromHex(random),
        serial,
      })
      const sealed = sealRecord(K_MT(meter), recordBytes(record, cardEvent.undone), serial)
      const commands = [appendRecord(sealed), update(cardFiles.purchase.sfi, fromHex(ef02))]
      return secureAll(commands, { key, from: writes + 1 }).map(toHex)
    },

    signReceipt: async (text) => of.receiptKey.sign(text),
    receiptKey: of.receiptKey.publicKey,
  }
}

const purchaseBytes = (of: PurchaseContent): Uint8Array =>
  writePurchase({
    amount: of.amount,
    count: of.count,
    energy: of.energy,
    orderNumber: of.orderNumber,
    time: of.time,
    unit: purchaseUnit.energy,
    channel: of.channel,
    flags:
      (of.arrears > 0 ? purchaseFlag.arrears : 0) |
      (of.hasEarlierValue ? purchaseFlag.earlierValue : 0) |
      (of.hasFreeUnits ? purchaseFlag.freeUnits : 0),
    arrears: of.arrears,
  })

const recordBytes = (of: RecordContent, event: number): Uint8Array =>
  writeCardRecord({ ...of, event })

const mastersOf = (keys: KeyFile['cards'][string]): MasterKeys => ({
  MK_IA: fromHex(keys.MK_IA),
  MK_EA: fromHex(keys.MK_EA),
  MK_EM: fromHex(keys.MK_EM),
  MK_AD: fromHex(keys.MK_AD),
  MK_MP: fromHex(keys.MK_MP),
  MK_MM: fromHex(keys.MK_MM),
})

/** A file names a version by its two bytes as hex (5.3). */
const byVersion = <From, To>(
  versions: Record<string, From>,
  made: (from: From) => To,
): Map<number, To> =>
  new Map(
    Object.entries(versions).map(([version, from]) => [Number.parseInt(version, 16), made(from)]),
  )

const known = <Masters>(masters: Map<number, Masters>, keyVersion: number): Masters => {
  const found = masters.get(keyVersion)
  if (found === undefined) throw new Error(`there is no key of version ${keyVersion}`)
  return found
}
