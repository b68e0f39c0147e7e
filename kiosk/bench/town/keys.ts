// The keys of the sample town: the published test keys of power-card.md 15.2, which no centre in the field accepts.
import type { KeyFile } from '../../../centre/card-security/key-file.ts'
import { fromHex } from '../../../domain/power-card/bytes.ts'
import type { IssuedCard } from '../../../drivers/card-reader/simulated-card/issuing.ts'

const sixteen = (byte: string): string => byte.repeat(16)

export const townKeyFile: KeyFile = {
  about: 'Published test keys (power-card.md 15.2): for the bench only.',
  cards: {
    '0001': {
      MK_IA: sixteen('11'),
      MK_EA: sixteen('22'),
      MK_EM: sixteen('77'),
      MK_AD: sixteen('55'),
      MK_MP: sixteen('33'),
      MK_MM: sixteen('44'),
    },
  },
  meters: { '0001': { MK_MT: sixteen('66') } },
}

type Masters = IssuedCard['masterKeys']

export const townKeys: Masters = {
  MK_IA: fromHex(sixteen('11')),
  MK_EA: fromHex(sixteen('22')),
  MK_EM: fromHex(sixteen('77')),
  MK_AD: fromHex(sixteen('55')),
  MK_MP: fromHex(sixteen('33')),
  MK_MM: fromHex(sixteen('44')),
  MK_MT: fromHex(sixteen('66')),
}

/** Keys that nobody here knows: what an imitation is made with. */
export const otherKeys: Masters = {
  MK_IA: fromHex(sixteen('a1')),
  MK_EA: fromHex(sixteen('a2')),
  MK_EM: fromHex(sixteen('a7')),
  MK_AD: fromHex(sixteen('a5')),
  MK_MP: fromHex(sixteen('a3')),
  MK_MM: fromHex(sixteen('a4')),
  MK_MT: fromHex(sixteen('a6')),
}
