// What contradicts itself in a file for the import, a sentence each that names the entry. Pure.
import type { ImportFile, ImportedCard, ImportedMeter } from './import-file.ts'

/** What a file may refer to although it does not bring it along. */
export type Known = {
  kiosks: ReadonlySet<string>
  customers: ReadonlySet<string>
  /** Codes of tariffs of which a version is in force. */
  tariffs: ReadonlySet<string>
  meters: ReadonlyMap<string, { credited: number }>
  cards: ReadonlyMap<string, Pick<ImportedCard, 'meter' | 'count'>>
  areas: readonly number[]
  acceptsVersion: (keyVersion: number) => boolean
  acceptsMeterVersion: (keyVersion: number) => boolean
}

type Say = (entry: string, problem: string) => void

export const contradictions = (file: ImportFile, known: Known): string[] => {
  const problems: string[] = []
  const say: Say = (entry, problem) => problems.push(`${entry}: ${problem}`)
  namesOnce(file, say)
  for (const [place, meter] of file.meters.entries()) {
    meterProblems({ meter, file, known, say: (problem) => say(`meters.${place}`, problem) })
  }
  for (const [place, card] of file.cards.entries()) {
    cardProblems({ card, file, known, say: (problem) => say(`cards.${place}`, problem) })
  }
  orderProblems(file, known, say)
  return problems
}

/** No two entries with one name; an order number is in one place in the whole file. */
const namesOnce = (file: ImportFile, say: Say): void => {
  const lists = {
    kiosks: file.kiosks.map(({ kiosk }) => kiosk),
    tariffs: file.tariffs.map(({ code, validFrom }) => `${code} from ${validFrom}`),
    customers: file.customers.map(({ customer }) => customer),
    meters: file.meters.map(({ meter }) => meter),
    cards: file.cards.map(({ serial }) => serial),
  }
  for (const [list, names] of Object.entries(lists)) {
    for (const [place, name] of names.entries()) {
      const first = names.findIndex((other) => other === name)
      if (first !== place) say(`${list}.${place}`, `${name} is already ${list}.${first}`)
    }
  }
  const seen = new Map<string, string>()
  const orders = [
    ...file.meters.flatMap(({ purchases }, meter) =>
      purchases.map(({ orderNumber }, at) => ({
        orderNumber,
        entry: `meters.${meter}.purchases.${at}`,
      })),
    ),
    ...file.openOrders.map(({ orderNumber }, at) => ({ orderNumber, entry: `openOrders.${at}` })),
  ]
  for (const { orderNumber, entry } of orders) {
    const before = seen.get(orderNumber)
    if (before !== undefined) say(entry, `order ${orderNumber} is already ${before}`)
    else seen.set(orderNumber, entry)
  }
}

const meterProblems = (of: {
  meter: ImportedMeter
  file: ImportFile
  known: Known
  say: (problem: string) => void
}): void => {
  const { meter, file, known, say } = of
  const { customer, tariff, area, keyVersion, purchases } = meter
  if (
    !known.customers.has(customer) &&
    !file.customers.some((other) => other.customer === customer)
  ) {
    say(`customer ${customer} is neither in this file nor in the books`)
  }
  if (!known.tariffs.has(tariff)) {
    say(`tariff ${tariff} has no version in force, neither in this file nor in the books`)
  }
  if (!known.areas.includes(area)) {
    say(`area ${area} is not served here; policy.areas has ${known.areas.join(', ')}`)
  }
  if (!known.acceptsMeterVersion(keyVersion)) {
    say(`keyVersion ${keyVersion} is not in the key file`)
  }
  const counts = new Set(purchases.map(({ count }) => count))
  if (counts.size !== purchases.length) say('purchases: two have the same count')
  if (!file.cards.some((card) => card.meter === meter.meter) && !hasCard(known, meter.meter)) {
    say('has no card, neither in this file nor in the books')
  }
}

const hasCard = ({ cards }: Known, meter: string): boolean =>
  [...cards.values()].some((card) => card.meter === meter)

const cardProblems = (of: {
  card: ImportedCard
  file: ImportFile
  known: Known
  say: (problem: string) => void
}): void => {
  const { card, file, known, say } = of
  const meter = file.meters.find((other) => other.meter === card.meter)
  const credited = (meter ?? known.meters.get(card.meter))?.credited
  if (credited === undefined) {
    return say(`meter ${card.meter} is neither in this file nor in the books`)
  }
  if (!known.acceptsVersion(card.keyVersion)) {
    say(`keyVersion ${card.keyVersion} is not in the key file`)
  }
  const twin = file.cards.find(
    (other) =>
      other !== card && other.meter === card.meter && other.issueNumber === card.issueNumber,
  )
  if (twin !== undefined) {
    say(`issueNumber ${card.issueNumber} of meter ${card.meter} is that of ${twin.serial} too`)
  }
  if ((card.count === 0) !== (card.orderNumber === null)) {
    say('orderNumber must be null if count is 0, and only then')
  }
  if (card.count > credited + 1) {
    say(`count ${card.count} is more than one above the ${credited} that the meter has credited`)
  }
  const there = meter?.purchases.find(({ count }) => count === card.count)
  if (there !== undefined && there.orderNumber !== card.orderNumber) {
    say(
      `orderNumber ${card.orderNumber} is not that of purchase ${card.count}, ${there.orderNumber}`,
    )
  }
}

const orderProblems = (file: ImportFile, known: Known, say: Say): void => {
  for (const [place, order] of file.openOrders.entries()) {
    const entry = `openOrders.${place}`
    if (
      !known.kiosks.has(order.kiosk) &&
      !file.kiosks.some((other) => other.kiosk === order.kiosk)
    ) {
      say(entry, `kiosk ${order.kiosk} is neither in this file nor in the books`)
    }
    const card =
      file.cards.find(({ serial }) => serial === order.serial) ?? known.cards.get(order.serial)
    const meter = card && file.meters.find((other) => other.meter === card.meter)
    const credited = card && (meter ?? known.meters.get(card.meter))?.credited
    if (card === undefined || credited === undefined) {
      say(entry, `card ${order.serial} is neither in this file nor in the books`)
      continue
    }
    if (order.count !== credited + 1) {
      say(entry, `count ${order.count} must be ${credited + 1}, the one after what was credited`)
    }
    if (card.count >= order.count) {
      say(entry, `card ${order.serial} is said to be at count ${card.count} already`)
    }
    const twin = file.openOrders.findIndex((other) => other.serial === order.serial)
    if (twin !== place) say(entry, `card ${order.serial} has an open order already: ${twin}`)
  }
}
