// What card, meter, bank and front machine tell of a sale: evidence that no kiosk can make up.
import type { KioskNumber } from '../../../domain/identifiers.ts'
import { openStates } from '../../order-states.ts'
import { onceOnly, type Draft } from './drafts.ts'
import type { Evidence } from './evidence.ts'
import { shownNumber } from './masking.ts'

export const toldByOthers = (evidence: Evidence, seesCustomers: boolean): Draft[] => [
  ...ofCard(evidence),
  ...ofMeter(evidence),
  ...ofRefusals(evidence, seesCustomers),
  ...ofFiles(evidence),
]

/** The visit itself, and later ones until the order has come to its end: after it the card has other stories. */
const saying = (
  insertions: Evidence['card']['insertions'],
  { order, states }: Pick<Evidence, 'order' | 'states'>,
): Evidence['card']['insertions'] => {
  const isOpen = order !== null && openStates.includes(order.state)
  const ended = states.at(-1)?.at ?? 0
  return insertions.filter(({ begun_at }, at) => at === 0 || isOpen || begun_at <= ended)
}

/** The card of the sale was seen: in its own visit, and in later ones as long as they may still say something of it. */
const ofCard = ({ card, order, states }: Evidence): Draft[] =>
  saying(card.insertions, { order, states }).map(
    ({ insertion, begun_at, kiosk, verdict, carries }, at) => {
      const base = { kiosk, name: null, withinMs: onceOnly, rank: 2 }
      const sources = [{ from: 'card' as const, which: insertion }]
      if (at === 0) {
        return {
          ...base,
          at: begun_at,
          fact: { kind: 'card.judged', verdict },
          sure: 'proven',
          sources,
        }
      }
      const shows = carries === order?.order_number ? 'this purchase' : 'another'
      const seen = carries === null || order === null ? null : shows
      return {
        ...base,
        at: begun_at,
        fact: { kind: 'card.seen', verdict, carries: seen },
        sure: seen === null ? null : 'proven',
        sources,
      }
    },
  )

/** Until the meter has it: later write-backs tell of later purchases. */
const ofMeter = ({ card, order }: Evidence): Draft[] => {
  if (order === null) return []
  const first = card.writeBacks.findIndex(({ count }) => count >= order.count)
  const telling = first < 0 ? card.writeBacks : card.writeBacks.slice(0, first + 1)
  return telling.map(({ at, result, count, remaining, look, write_back }) => {
    const credited = count >= order.count
    return {
      at,
      kiosk: kioskOfLook(card.insertions, look),
      fact: { kind: 'meter.told', result, credited, remaining },
      sure: 'proven',
      sources: [{ from: 'meter', which: String(write_back) }],
      name: credited ? `credited ${order.order_number}` : null,
      withinMs: onceOnly,
      rank: 1,
    }
  })
}

const kioskOfLook = (
  insertions: Evidence['card']['insertions'],
  look: number,
): KioskNumber | null => insertions.find((it) => it.look === look)?.kiosk ?? null

/** A refusal that only the card has kept: the meter has written nothing back. One refusal is read at every later look. */
const ofRefusals = ({ card, meter }: Evidence, seesCustomers: boolean): Draft[] =>
  card.insertions.slice(1).flatMap(({ refused, kiosk, insertion }) =>
    refused === null
      ? []
      : [
          {
            at: refused.at,
            kiosk,
            fact: {
              kind: 'meter.refused' as const,
              code: refused.code,
              otherMeter:
                refused.meter === meter ? null : shownNumber(refused.meter, seesCustomers),
            },
            sure: 'told' as const,
            sources: [{ from: 'card' as const, which: insertion }],
            name: `refused ${refused.at} ${refused.code}`,
            withinMs: onceOnly,
            rank: 2,
          },
        ],
  )

const ofFiles = ({ bankRows }: Evidence): Draft[] =>
  bankRows.map(({ at, party, kind, amount, state, business_date, name, row, terminal, stan }) => ({
    at: Date.parse(at),
    kiosk: null,
    fact: { kind: 'bank.row', party, row: kind, amount, state, businessDate: business_date },
    sure: 'booked',
    sources: [
      { from: party === 'bank' ? 'bank file' : 'front file', which: `${name} / ${row + 1}` },
    ],
    name: `${party} ${terminal} ${stan} ${kind} ${business_date}`,
    withinMs: onceOnly,
    rank: 2,
  }))
