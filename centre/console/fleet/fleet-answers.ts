// What the console tells of the fleet and does there; each with the right it needs.
import {
  AlarmAsked,
  AlarmDeed,
  AlarmsAsked,
  type AlarmHistory,
} from '../../../domain/console/fleet-alarms.ts'
import { CollectionAsked } from '../../../domain/console/fleet-cash.ts'
import {
  CommandAsked,
  CommandsAsked,
  OrderAsked,
  RolloutAsked,
  RolloutsAsked,
  RolloutStart,
  RolloutStop,
} from '../../../domain/console/fleet-commands.ts'
import {
  FleetAsked,
  KioskAsked,
  TimelineAsked,
  TrendsAsked,
  type FleetAreaDeeds,
  type FleetAreaQuestions,
} from '../../../domain/console/fleet.ts'
import { mayStaff } from '../../../domain/console/staff.ts'
import { acknowledge, clearByPerson, type Office, type Said } from '../../alerts/alarm-office.ts'
import { withFleet, type Alerts } from '../../fleet/fleet-tables.ts'
import type { Reading } from '../../store.ts'
import { localDayOf } from '../../tariffs/tariff-calendar.ts'
import {
  deed,
  question,
  refusedAs,
  told,
  type AnswersTo,
  type Doing,
  type DoingOf,
  type Looking,
  type Refused,
  type Told,
} from '../asking.ts'
import { named } from '../lines.ts'
import { alarmsOf, historyOf } from './alarms.ts'
import { collectionPlan } from './collection.ts'
import { commandsOf, commandWithText, nameOf, orderCommand, signingOf } from './commands.ts'
import { fleetAtAGlance, numbersAsked } from './glance.ts'
import { kioskInDepth } from './kiosk-in-depth.ts'
import { beginRollout, listRollouts, rolloutTold, stopRollout } from './rollouts.ts'
import { timelineOf } from './timeline.ts'
import { trendsOf } from './trends.ts'

const seesCash = ({ member }: Looking): boolean => mayStaff(member.role, 'see cash')
const zoneOf = ({ means }: Looking): string => means.policy.timeZone

export const fleetQuestions: AnswersTo<FleetAreaQuestions> = {
  fleet: question({
    may: 'see the fleet',
    asked: FleetAsked,
    tell: async ({ read, now }, asked) => told(await fleetAtAGlance(read, { now, asked })),
    about: () => null,
  }),
  'fleet/numbers': question({
    may: 'see the fleet',
    asked: FleetAsked,
    tell: async ({ read, now }, asked) =>
      told({ kiosks: await numbersAsked(read, { now, asked }) }),
    about: () => null,
  }),
  'fleet/kiosk': question({
    may: 'see the fleet',
    asked: KioskAsked,
    tell: async (looking, { kiosk }) => {
      const of = { now: looking.now, timeZone: zoneOf(looking), seesCash: seesCash(looking) }
      const found = await kioskInDepth(looking.read, kiosk, of)
      return found === null ? refusedAs(404, 'no such kiosk') : told(found)
    },
    about: () => null,
  }),
  'fleet/timeline': question({
    may: 'see the fleet',
    asked: TimelineAsked,
    tell: async ({ read }, { kiosk, kinds = [], after }) =>
      told(await timelineOf(read, { kiosk, kinds: [kinds].flat(), after })),
    about: () => null,
  }),
  'fleet/trends': question({
    may: 'see the fleet',
    asked: TrendsAsked,
    tell: async (looking, { kiosk, days }) => {
      const today = localDayOf(new Date(looking.now), zoneOf(looking))
      return told(await trendsOf(looking.read, { kiosk, today, days }))
    },
    about: () => null,
  }),
  'fleet/alarms': question({
    may: 'see the fleet',
    asked: AlarmsAsked,
    tell: async ({ read, now }, asked) => told(await alarmsOf(read, { now, asked })),
    about: () => null,
  }),
  'fleet/alarm': question({
    may: 'see the fleet',
    asked: AlarmAsked,
    tell: ({ read, now }, { alarm }) => historyTold(read, { now, alarm }),
    about: () => null,
  }),
  'fleet/commands': question({
    may: 'see the fleet',
    asked: CommandsAsked,
    tell: async ({ read, config }, asked) =>
      told({ ...(await commandsOf(read, asked)), signing: signingOf(config) }),
    about: () => null,
  }),
  'fleet/command': question({
    may: 'command kiosks',
    asked: CommandAsked,
    tell: ({ read }, { command }) => commandWithText(read, command),
    about: ({ command }) => `command ${command}`,
  }),
  'fleet/rollouts': question({
    may: 'see the fleet',
    asked: RolloutsAsked,
    tell: async ({ read, config }) =>
      told({ rows: await listRollouts(read), signing: signingOf(config) }),
    about: () => null,
  }),
  'fleet/rollout': question({
    may: 'see the fleet',
    asked: RolloutAsked,
    tell: ({ read }, { rollout }) => rolloutTold(read, rollout),
    about: () => null,
  }),
  'fleet/collection': question({
    may: 'see the fleet',
    asked: CollectionAsked,
    tell: async (looking, asked) => {
      const { read, now } = looking
      const of = { now, timeZone: zoneOf(looking), asked, seesCash: seesCash(looking) }
      return told(await collectionPlan(read, of))
    },
    about: ({ days }) => `cash in kiosks, ${days} days`,
  }),
}

export const fleetDeeds: DoingOf<FleetAreaDeeds> = {
  'fleet/alarms/acknowledge': deed({
    may: 'acknowledge alarms',
    asked: AlarmDeed,
    carryOut: (doing, asked) =>
      onAlarm(doing, asked, { act: acknowledge, otherwise: acknowledgedBefore }),
    about: ({ alarm }) => `alarm ${alarm}`,
  }),
  'fleet/alarms/clear': deed({
    may: 'acknowledge alarms',
    asked: AlarmDeed,
    carryOut: (doing, asked) =>
      onAlarm(doing, asked, { act: clearByPerson, otherwise: endsByItself }),
    about: ({ alarm }) => `alarm ${alarm}`,
  }),
  'fleet/commands/order': deed({
    may: 'command kiosks',
    asked: OrderAsked,
    carryOut: orderCommand,
    about: ({ kiosk, operation }) => `kiosk ${kiosk}: ${operation.op}`,
  }),
  'fleet/rollouts/start': deed({
    may: 'command kiosks',
    asked: RolloutStart,
    carryOut: beginRollout,
    about: ({ kiosks, what }) => `configuration of ${kiosks.length} kiosks: ${what}`,
  }),
  'fleet/rollouts/stop': deed({
    may: 'command kiosks',
    asked: RolloutStop,
    carryOut: stopRollout,
    about: ({ rollout }) => `rollout ${rollout}`,
  }),
}

const historyTold = async (
  read: Reading,
  of: { now: number; alarm: number },
): Promise<Told<AlarmHistory>> => {
  const history = await historyOf(read, of)
  return history === null ? refusedAs(404, 'no such alarm') : told(history)
}

type Act = (office: Office, of: { alarm: number; by: string; note: string | null }) => Promise<Said>
type Alarm = Pick<Alerts, 'device' | 'acknowledged_by'>

const acknowledgedBefore = ({ acknowledged_by }: Alarm): Refused =>
  refusedAs(409, 'alarm acknowledged', { who: named(acknowledged_by ?? '?') })
const endsByItself = ({ device }: Alarm): Refused =>
  refusedAs(409, 'alarm ends by itself', { device: named(device) })

const onAlarm = async (
  doing: Doing,
  { alarm, note }: { alarm: number; note: string },
  { act, otherwise }: { act: Act; otherwise: (alarm: Alarm) => Refused },
): Promise<Told<AlarmHistory>> => {
  const office = { work: withFleet(doing.work), now: doing.now }
  const row = await office.work
    .selectFrom('alerts')
    .select(['device', 'acknowledged_by', 'cleared_at'])
    .where('alert', '=', alarm)
    .executeTakeFirst()
  if (row === undefined) return refusedAs(404, 'no such alarm')
  if (row.cleared_at !== null) return refusedAs(409, 'alarm is over')
  const said = await act(office, { alarm, by: nameOf(doing), note: note === '' ? null : note })
  if (said.kind === 'problem') return otherwise(row)
  return historyTold(doing.work, { now: doing.now, alarm })
}
