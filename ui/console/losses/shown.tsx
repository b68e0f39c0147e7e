// How a finding is shown wherever it is: its numbers in sentences, where it is, how sure it is, how it stands.
import type { LossRow, LossState, LossWhy } from '../../../domain/console/losses.ts'
import { never } from '../../../domain/never.ts'
import { Id } from '../parts/values.tsx'
import { Status, type Mark } from '../parts/status.tsx'
import { format, isolated } from '../texts/format.ts'
import { words } from '../texts/words.ts'

const marks: Record<LossState, Mark> = {
  new: 'attention',
  seen: 'attention',
  'task ordered': 'attention',
  confirmed: 'wrong',
  innocent: 'well',
  closed: 'quiet',
}

export const StateOf = ({ row }: { row: Pick<LossRow, 'state' | 'holds'> }) => {
  const { states, list } = words().losses
  const isOpen = row.state !== 'closed' && row.state !== 'innocent'
  return (
    <Status
      mark={marks[row.state]}
      word={isOpen && !row.holds ? `${states[row.state]}, ${list.noLonger}` : states[row.state]}
    />
  )
}

/** A bar of ten steps beside its number: how likely it is that something is wrong. */
export const Sure = ({ score }: { score: number }) => (
  <span class="sure">
    <meter min={0} max={100} value={score} aria-hidden="true" />
    <span>{words().losses.finding.sure({ score: format().count(score) })}</span>
  </span>
)

export const sureTold = (score: number): string => {
  const { high, middle, low } = words().losses.finding.sureTold
  return score >= 80 ? high : score >= 50 ? middle : low
}

type Somewhere = Pick<LossRow, 'customer' | 'meter' | 'kiosk' | 'person' | 'place'>

/** Place first: whoever reads a list looks for where to go. */
export const Where = ({ of }: { of: Somewhere }) => {
  const { list } = words().losses
  return (
    <span class="loss-where">
      {of.place !== null && <bdi>{of.place}</bdi>}
      <small>
        {of.person !== null && list.person({ person: isolated(of.person) })}
        {of.kiosk !== null && list.kiosk({ kiosk: isolated(of.kiosk) })}
        {of.meter !== null && <Id of={of.meter} />}
      </small>
    </span>
  )
}

/** The numbers a finding rests on, as one reads them out. */
export const whyInWords = (why: LossWhy): string => {
  const said = words().losses.why
  const { energy, money, count, day, when, list, number } = format()
  const share = (perMille: number) => format().percent(perMille / 1000)
  const oneIn = (times: number) => (times >= 1_000_000_000 ? `> ${count(times)}` : count(times))
  switch (why.kind) {
    case 'zero buyer':
      return why.lastBought === null
        ? said.never({
            since: day(why.ranOut),
            perDay: energy(why.usedPerDay),
            neighbours: count(why.neighbours),
          })
        : said.zero({
            last: day(why.lastBought),
            purchases: count(why.purchases),
            held: energy(why.held),
            perDay: energy(why.usedPerDay),
            ranOut: day(why.ranOut),
            overdue: count(why.overdueDays),
            gap: count(why.longestGapDays),
            neighbours: count(why.neighbours),
          })
    case 'low buyer':
      return (why.against === 'own past' ? said.fell : said.always)({
        from: day(why.from),
        bought: energy(why.bought),
        usual: energy(why.usual),
        least: energy(why.least),
        most: energy(why.most),
        neighbours: count(why.neighbours),
        scatter: number(why.scatterTenths / 10, 1),
      })
    case 'unread purchase':
      return said.unread({
        order: isolated(why.order),
        loaded: day(why.loaded),
        age: count(why.ageDays),
        energy: energy(why.energy),
        seen: count(why.seenSince),
      })
    case 'count gap':
      return said.gap({
        before: count(why.before),
        now: count(why.now),
        missing: list(why.missing.map(count)),
      })
    case 'count too high':
      return said.tooHigh({ count: count(why.count), given: count(why.given) })
    case 'registers':
      return said.registers({
        before: energy(why.before),
        sold: energy(why.sold),
        credited: energy(why.credited),
        used: energy(why.used),
        now: energy(why.now),
        excess: energy(why.excess),
        times: count(why.times),
      })
    case 'meter went back':
      return why.what === 'count'
        ? said.count({ before: count(why.before), now: count(why.now) })
        : said.clock({ before: when(why.before), now: when(why.now) })
    case 'meter touched':
      return said.touched({
        tamperBefore: count(why.tamperBefore),
        tamperNow: count(why.tamperNow),
        illegalBefore: count(why.illegalBefore),
        illegalNow: count(why.illegalNow),
        times: count(why.times),
      })
    case 'card in two places':
      return said.copies({
        times: count(why.times),
        kiosks: list(why.kiosks.map(isolated)),
        minutes: count(why.shortestMinutes),
      })
    case 'boxes short':
      return said.short({
        short: count(why.short),
        boxes: count(why.boxes),
        lost: money(why.lost),
        usual: share(why.usualPerMille),
        oneIn: oneIn(why.oneIn),
      })
    case 'notes refused':
      return said.refused({
        refused: count(why.refused),
        shown: count(why.shown),
        value: money(why.value),
        own: share(why.ownPerMille),
        usual: share(why.usualPerMille),
        oneIn: oneIn(why.oneIn),
      })
    default:
      return never(why)
  }
}
