// The meters of the sample town as they stand now: what they wrote back, less what was used since.
import { newMeter, type MeterState } from '../../../drivers/card-reader/simulated-meter/state.ts'
import { monthOf, utcOffsetMinutes, type Household } from './household.ts'

const dayMs = 86_400_000

export const meterOf = (home: Household, now: number): MeterState => {
  const { story, meter: number, area, limits, registers } = home
  const clock = {
    aheadSeconds: 0,
    utcOffsetMinutes,
    doubtful: false,
    poweredUpAt: Math.floor(now / 1000) - 86_400,
  }
  const isOpened = !(story.card?.type === 'opening' && story.card.fresh === true)
  if (!isOpened) return newMeter({ number, area, clock })
  const floor = -limits.overdraft
  const days = Math.floor((now - registers.at) / dayMs)
  const used = Math.min(story.meter.usePerDay * days, Math.max(0, registers.remaining - floor))
  const remaining = registers.remaining - used
  const isSameMonth = monthOf(registers.at) === monthOf(now)
  return newMeter({
    number,
    area,
    clock,
    opened: true,
    customer: home.customer,
    // A replacement that was not in the meter yet: it still knows the card before.
    serial: story.card?.fresh === true ? home.predecessor : home.serial,
    issueNumber: story.card?.fresh === true ? 0 : (story.card?.issueNumber ?? 0),
    count: home.credited.meter,
    remaining,
    totalCredited: registers.totalCredited,
    totalUsed: registers.totalUsed + used,
    limits,
    month: {
      name: monthOf(now).slice(2).replace('-', ''),
      used: isSameMonth ? registers.usedThisMonth + used : used,
      before: isSameMonth ? registers.usedLastMonth : registers.usedThisMonth,
    },
    relay: {
      suspended: false,
      band: 'plenty',
      acknowledged: true,
      stuck: null,
      testUntil: null,
    },
    lastResult: typeof story.card?.writeBack === 'object' ? story.card.writeBack.result : 0,
  })
}
