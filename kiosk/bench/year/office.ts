// The office's mornings: what stands until a person has looked into it is looked into, most of it within some days.
import { kindOf } from '../../../centre/alerts/own-alerts.ts'
import { dayMs, hourMs } from './calendar.ts'
import type { World } from './world.ts'

/** Of what stands longer than a day, so much is settled each morning. */
const settledEachDay = 0.4

export const lookIntoAlerts = (world: World): void => {
  const { agenda, alerts, calendar, chance, people } = world
  const morning = () => {
    const now = agenda.now()
    const day = calendar.days[calendar.placeOf(now)]
    if (day?.isWeekend === false && !day.isHoliday) {
      for (const { kiosk, device, code, raised_at } of alerts.open()) {
        const isForPerson = kindOf({ device, code })?.clears === 'person'
        if (!isForPerson || now - raised_at < dayMs || !chance.happens(settledEachDay)) continue
        const by = chance.pick(people.office)
        alerts.acknowledge({ kiosk, device, code, at: now, by, note: 'looked into' })
        alerts.clear({ kiosk, device, code, at: now + 20 * 60_000, by, note: 'looked into' })
      }
    }
    agenda.plan(now + dayMs, morning)
  }
  agenda.plan(calendar.from + 10 * hourMs, morning)
}
