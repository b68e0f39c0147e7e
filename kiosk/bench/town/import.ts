// What the centre takes over of the sample town: the books' half of each story.
import type { ImportInput } from '../../../centre/importing/import-file.ts'
import { dayOf, monthBefore, monthOf, type Household } from './household.ts'
import type { Edition } from './town.ts'
import { townTariffs } from './tariffs.ts'

type Entries<List extends keyof ImportInput> = Extract<
  ImportInput[List],
  readonly unknown[]
>[number]

export const importOf = (
  homes: readonly Household[],
  of: { now: number; kiosks: readonly Entries<'kiosks'>[]; edition: Edition },
): ImportInput => {
  const { now } = of
  const nextMonth = `${monthBefore(now, -1)}-01`
  // The neighbouring authority keeps its own books.
  const ours = homes.filter(({ area }) => area === 755)
  return {
    about: `The sample town as of ${dayOf(now)}`,
    kiosks: [...of.kiosks],
    tariffs: townTariffs({ today: dayOf(now), nextMonth }),
    customers: ours
      .filter(({ story }) => story.customerOf === undefined)
      .map((home) => customerOf(home, of.edition)),
    meters: ours.map((home) => meterOf(home, now)),
    cards: ours.flatMap(cardsOf),
    openOrders: ours.flatMap((home) => openOrderOf(home, of.kiosks)),
  }
}

const customerOf = ({ story, customer }: Household, edition: Edition): Entries<'customers'> => {
  const { arrears, blocked, ...account } = story.account ?? {}
  const { balance, overdraft, frozen }: NonNullable<typeof story.account> =
    edition === 'authority' ? account : {}
  return {
    customer,
    shortName: story.shortName,
    address: story.address,
    ...(edition === 'bank' && { capitalAccount: false }),
    ...(balance === undefined ? {} : { balance }),
    ...(arrears === undefined ? {} : { arrears }),
    ...(overdraft === undefined ? {} : { overdraft }),
    ...(frozen === undefined ? {} : { frozen }),
    ...(blocked === undefined ? {} : { blocked }),
  }
}

const meterOf = (home: Household, now: number): Entries<'meters'> => {
  const { story, meter, customer, limits, purchases, last } = home
  const isOpen = story.card?.openOrder !== undefined
  const known = purchases.filter(({ count }) => !isOpen || count < last)
  const thisMonth = known.filter(({ at }) => monthOf(at) === monthOf(now))
  const charged = story.meter.monthsUncharged ?? (thisMonth.length > 0 ? 0 : 1)
  return {
    meter,
    customer,
    tariff: story.tariff ?? 'R1',
    area: home.area,
    keyVersion: 1,
    currency: 156,
    alarm1: limits.alarm1,
    alarm2: limits.alarm2,
    hoardingLimit: limits.hoarding,
    overdraftLimit: limits.overdraft,
    credited: home.credited.books,
    soldBefore: {
      period: monthOf(now),
      energy: thisMonth.reduce((sum, { energy }) => sum + energy, 0),
    },
    chargedThrough: monthBefore(now, charged),
    purchases: known.map(({ orderNumber, count, at, tender, energy }) => ({
      orderNumber,
      count,
      at: new Date(at).toISOString(),
      tender,
      energy,
    })),
  }
}

const cardsOf = (home: Household): Entries<'cards'>[] => {
  const { story, meter, serial, predecessor, purchases, onCard } = home
  const carried = purchases.find(({ count }) => count === onCard.books)
  const card = {
    meter,
    keyVersion: 1,
    count: onCard.books,
    orderNumber: carried?.orderNumber ?? null,
  }
  const present = {
    ...card,
    serial,
    issueNumber: story.card?.issueNumber ?? 0,
    inMeter: story.card?.type === undefined,
  }
  return predecessor === null
    ? [present]
    : [{ ...card, serial: predecessor, issueNumber: 0, inMeter: true }, present]
}

const openOrderOf = (
  home: Household,
  kiosks: readonly Entries<'kiosks'>[],
): Entries<'openOrders'>[] => {
  const { story, purchases, last, serial, saleId } = home
  const open = purchases.find(({ count }) => count === last)
  if (story.card?.openOrder === undefined || open === undefined) return []
  return [
    {
      orderNumber: open.orderNumber,
      saleId,
      kiosk: kiosks[1]?.kiosk ?? '',
      serial,
      count: open.count,
      at: new Date(open.at).toISOString(),
      tender: open.tender,
      energy: open.energy,
    },
  ]
}
