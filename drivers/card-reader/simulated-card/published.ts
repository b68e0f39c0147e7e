// The cards of the published vectors, as bytes: the one of power-card.md 15.3, and new ones before they are issued.
import { fromHex, toHex } from '../../../domain/power-card/bytes.ts'
import type { Protocol } from '../../../domain/power-card/atr.ts'
import { cardKey, cardKeyNames, cardKeysOf } from '../../../domain/power-card/keys.ts'
import {
  publishedFiles,
  publishedKeyVersion,
  publishedMasters,
  publishedSerial,
} from '../../../domain/power-card/vectors.ts'
import { newCard } from './issuing.ts'
import type { CardState } from './state.ts'

/** 15.8: with the published transport key. */
export const publishedNewCard = (protocol: Protocol = 'T=0', serial = publishedSerial): CardState =>
  newCard({
    serial,
    protocol,
    transportKey: cardKey('K_AD', publishedMasters.MK_AD, {
      serial: fromHex(serial),
      keyVersion: 0,
    }),
  })

/** 15.3: count 6, written back, one journal record. */
export const publishedCard = (protocol: Protocol = 'T=0'): CardState => {
  const keys = cardKeysOf(publishedMasters, {
    serial: fromHex(publishedSerial),
    keyVersion: publishedKeyVersion,
  })
  const blank = publishedNewCard(protocol)
  return {
    ...blank,
    issued: true,
    keyVersion: publishedKeyVersion,
    keys: Object.fromEntries(cardKeyNames.map((name) => [name, toHex(keys[name])])),
    files: {
      ...blank.files,
      1: publishedFiles.ef01,
      2: publishedFiles.ef02Before,
      5: publishedFiles.ef05Before,
    },
    journal: [publishedFiles.record],
  }
}
