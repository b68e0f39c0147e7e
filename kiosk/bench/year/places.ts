// The areas of the town, and the points of sale in them.
import type { Selectable } from 'kysely'
import { KioskNumber } from '../../../domain/identifiers.ts'
import { channel as cardChannel } from '../../../domain/power-card/purchase.ts'
import { never } from '../../../domain/never.ts'
import type { Tables } from '../../../centre/tables.ts'
import type { Chance } from './chance.ts'

export type Area = { area: number; name: string }

export type Channel = Selectable<Tables['kiosks']>['channel']

export type PointOfSale = {
  kiosk: KioskNumber
  place: string
  channel: Channel
  /** Its area number. */
  area: number
  /** How many come here, against the others of its area. */
  weight: number
  /** Hours of the day in which people get in. */
  opens: number
  closes: number
}

const areaNames = [
  'Town Centre',
  'Harbour',
  'Mill Hill',
  'New Quarter',
  'Station Side',
  'Lake View',
  'Garden Row',
  'Orchard Vale',
  'Works Yard',
  'Upper Valley',
] as const

/** One area for about ten points of sale, at least four. The cards of the bench are of the first. */
export const areasOf = (kiosks: number): Area[] =>
  areaNames
    .slice(0, Math.min(areaNames.length, Math.max(4, Math.round(kiosks / 10))))
    .map((name, place) => ({ area: 755 + place, name }))

/** Where kiosks stand, when one gets in there, and how many come. */
const spots = [
  ['Market', 6, 21, 1.3],
  ['Post Office', 7, 20, 1],
  ['Clinic', 7, 19, 0.6],
  ['Town Hall', 7, 18, 0.7],
  ['Bus Station', 0, 24, 1.2],
  ['Supermarket', 8, 22, 1.4],
  ['Library', 9, 19, 0.4],
  ['Petrol Station', 0, 24, 0.9],
  ['School Lane', 0, 24, 0.7],
  ['Bridge Street', 0, 24, 1],
  ['Cinema', 10, 23, 0.5],
  ['Community Centre', 8, 21, 0.7],
] as const

/** The last points of sale of the list are no terminals; every one of these is there once there are enough. */
const others = [
  ['office', 'Customer Office'],
  ['phone', 'Telephone App'],
  ['payment hall', 'Payment Hall'],
  ['bank agent', 'Seaside Bank, Counter'],
  ['pc', 'Web Shop'],
  ['payment hall', 'Payment Hall North'],
  ['bank agent', 'Valley Bank, Counter'],
  ['office', 'Customer Office North'],
  ['bank agent', 'Farmers’ Bank, Counter'],
  ['payment hall', 'Payment Hall East'],
] as const

/** Numbers from 201 on; the bench has those below. */
export const pointsOfSale = (
  { kiosks, areas }: { kiosks: number; areas: readonly Area[] },
  chance: Chance,
): PointOfSale[] => {
  const otherCount = Math.min(others.length, Math.floor(kiosks / 4))
  return Array.from({ length: kiosks }, (_, place): PointOfSale => {
    const area = areas[place % areas.length]
    if (area === undefined) throw new RangeError('a town has areas')
    const kiosk = KioskNumber.parse(String(201 + place).padStart(12, '0'))
    const other = others[place - (kiosks - otherCount)]
    if (other !== undefined) return otherPoint(kiosk, area, other)
    const round = Math.floor(place / areas.length)
    const [spot, opens, closes, weight] = chance.pick(spots.filter((_, at) => at % 4 === round % 4))
    return {
      kiosk,
      place: `${area.name}, ${spot}${round < 4 ? '' : ` ${1 + Math.floor(round / 4)}`}`,
      channel: 'terminal',
      area: area.area,
      weight: weight * chance.factor(0.25),
      opens,
      closes,
    }
  })
}

const otherPoint = (
  kiosk: KioskNumber,
  { area }: Area,
  [channel, place]: (typeof others)[number],
): PointOfSale => {
  const isAlways = channel === 'phone' || channel === 'pc'
  return {
    kiosk,
    place,
    channel,
    area,
    weight: 1,
    opens: isAlways ? 0 : 8,
    closes: isAlways ? 24 : 17,
  }
}

/** The number that stands for a channel on the card (power-card.md 4.2). */
export const onCard = (channel: Channel): number => {
  switch (channel) {
    case 'terminal':
      return cardChannel.kiosk
    case 'pc':
      return cardChannel.web
    case 'phone':
      return cardChannel.phone
    case 'bank agent':
      return cardChannel.bankAgent
    case 'payment hall':
      return cardChannel.paymentHall
    case 'office':
      return cardChannel.office
    default:
      return never(channel)
  }
}
