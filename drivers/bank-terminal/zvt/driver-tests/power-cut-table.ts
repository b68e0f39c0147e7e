// What a power cut at each arrow of devices.md 10.4 ends in: the table of the README, held by a test.
import { arrows, type Arrow } from '../simulator/behaviours.ts'

export type Who = 'the terminal' | 'the kiosk' | 'both'

export type Outcome = { verdict: 'charged' | 'not charged'; goods: 'kept' | 'out' }

const all = (outcome: Outcome): Record<Who, Outcome> => ({
  'the terminal': outcome,
  'the kiosk': outcome,
  both: outcome,
})

const nothing: Outcome = { verdict: 'not charged', goods: 'kept' }
const paid: Outcome = { verdict: 'charged', goods: 'out' }
/** Delivered, and the terminal took the payment back: the operator's loss, known and recorded. */
const unpaid: Outcome = { verdict: 'not charged', goods: 'out' }

export const outcomes: Record<Arrow, Record<Who, Outcome>> = {
  'authorise received': all(nothing),
  'authorise answered': all(nothing),
  'step told': all(nothing),
  'step answered': all(nothing),
  'bank asked': all(nothing),
  'bank approved': all(nothing),
  // The terminal that fails here is noticed only when the goods are out.
  'approval told': { 'the terminal': unpaid, 'the kiosk': nothing, both: nothing },
  'wait answered': all(unpaid),
  'goods refused': all(nothing),
  'goods confirmed': all(unpaid),
  'line told': all(unpaid),
  // With every line answered a terminal that keeps its power stores, whoever listens.
  'line answered': { 'the terminal': unpaid, 'the kiosk': paid, both: unpaid },
  stored: all(paid),
  'completion told': all(paid),
  'completion answered': all(paid),
}

/** A kiosk that is back before the terminal has said its paper for the last time takes it, and the payment is stored. */
export const backAtOnce: Partial<Record<Arrow, Outcome>> = {
  'goods confirmed': paid,
  'line told': paid,
}

const inWords = ({ verdict, goods }: Outcome): string =>
  verdict === 'charged' ? 'charged' : goods === 'out' ? 'not charged, goods out' : 'not charged'

/** As it stands in the README. */
export const tableInMarkdown = (): string =>
  [
    '| Power fails at | of the terminal | of the kiosk | of both |',
    '| --- | --- | --- | --- |',
    ...arrows.map((arrow) => {
      const { 'the terminal': terminal, 'the kiosk': kiosk, both } = outcomes[arrow]
      return `| ${arrow} | ${inWords(terminal)} | ${inWords(kiosk)}${arrow in backAtOnce ? '; charged when back at once' : ''} | ${inWords(both)} |`
    }),
  ].join('\n')
