// Who is told of what stands: grave alarms at once, the others collected, each again every hour until somebody knows of it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fleetStore, kioskA, kioskB } from '../../test/fleet/fleet-store.ts'
import { ulidOf } from '../../domain/identifiers.ts'
import { rowOf, withFleet, type FleetTurn } from '../fleet/fleet-tables.ts'
import { takeVisit, visitBegun, visitEnded } from '../fleet/visits.ts'
import { raise as evidence } from '../alarms.ts'
import { acknowledge } from './alarm-office.ts'
import { clearAlert, raiseAlert } from './alerts.ts'
import { flapMs, repeatMs, visitLongestMs } from './bounds.ts'
import { Notice } from './notice.ts'
import { tellAlerts, type Channel } from './telling.ts'

const minuteMs = 60_000
const digestMs = 15 * minuteMs
const start = 1_790_000_000_000
let kept: Awaited<ReturnType<typeof fleetStore>>
let now = start
beforeEach(async () => {
  kept = await fleetStore()
  now = start
})
afterEach(() => kept.store.close())

const at = <Result>(kiosk: typeof kioskA, doing: (turn: FleetTurn) => Promise<Result>) =>
  kept.store.transact((work) => doing({ work: withFleet(work), now, timeZone: 'UTC', kiosk }))
const jam = { device: 'noteAcceptor', code: 'jam', severity: 3 }
const paper = { device: 'receiptPrinter', code: 'paper low', severity: 1 }
const raise = (alert: typeof jam, kiosk = kioskA) => at(kiosk, (turn) => raiseAlert(turn, alert))
const clear = (alert: typeof jam, kiosk = kioskA) =>
  at(kiosk, (turn) => clearAlert(turn, { ...alert, by: 'device' }))
const visit = (code: string) =>
  at(kioskA, async (turn) => {
    await rowOf(turn)
    await takeVisit(turn, { about: 'maintenance', dev: 'kiosk', code })
  })

let known = 0
beforeEach(() => {
  known = 0
})
/** What is new since the last look. */
const told = async (channels: Channel[] = ['webhook']) => {
  let ids = known
  await kept.store.transact((work) =>
    tellAlerts({
      work: withFleet(work),
      now,
      channels,
      digestMs,
      newId: () => ulidOf(++ids, new Uint8Array(10)),
    }),
  )
  const fresh = (await kept.notices()).slice(known)
  known += fresh.length
  return fresh.map(({ content }) => {
    const { kind, alarms } = Notice.parse(JSON.parse(content))
    return [
      kind,
      ...alarms.map((each) => `${each.kiosk === kioskA ? 'A' : 'B'} ${each.code} ${each.state}`),
    ]
  })
}
/** As if somebody had taken them all. */
const allSent = () =>
  kept.store.transact((work) =>
    withFleet(work).updateTable('alert_notices').set({ sent_at: now }).execute(),
  )

describe('an alarm', () => {
  it('of severity 3 is told at once, those of one moment together, and once', async () => {
    await raise(jam)
    await raise(jam, kioskB)
    expect(await told()).toEqual([['now', 'A jam raised', 'B jam raised']])
    now += minuteMs
    expect(await told()).toEqual([])
  })

  it('of severity 1 waits for the digest, and takes along what came up meanwhile', async () => {
    await raise(paper)
    now += digestMs - 1
    await raise({ ...paper, code: 'paper out', severity: 2 })
    expect(await told()).toEqual([])
    now += 1
    expect(await told()).toEqual([['digest', 'A paper low raised', 'A paper out raised']])
  })

  it('is told again every hour while it stands, until somebody acknowledges it', async () => {
    await raise(jam)
    await told()
    await allSent()
    now += repeatMs - 1
    expect(await told()).toEqual([])
    now += 1
    expect(await told()).toEqual([['now', 'A jam stands']])
    await allSent()
    const office = { alarm: 1, by: 'A. Bell' }
    await kept.store.transact((work) => acknowledge({ work: withFleet(work), now }, office))
    now += 10 * repeatMs
    expect(await told()).toEqual([])
    expect(await kept.alerts()).toMatchObject([{ acknowledged_by: 'A. Bell', cleared_at: null }])
  })

  it('of a box that is short is told at once although an earlier difference was acknowledged', async () => {
    const cash = () =>
      kept.store.transact((work) =>
        evidence(work, { kind: 'cash differs', at: now, kiosk: kioskA, evidence: {} }),
      )
    await cash()
    expect(await told()).toEqual([['now', 'A ledgerMismatch raised']])
    await kept.store.transact((work) =>
      acknowledge({ work: withFleet(work), now }, { alarm: 1, by: 'A. Bell' }),
    )
    now += minuteMs
    await cash()
    expect(await told()).toEqual([['now', 'A ledgerMismatch raised']])
    expect(await kept.alerts()).toMatchObject([{ count: 2, acknowledged_by: null }])
    expect((await kept.changes()).map(({ what }) => what)).toEqual([
      'raised',
      'acknowledged',
      'raised',
    ])
  })

  it('that stands is not told again behind a notice that nobody has taken yet', async () => {
    await raise(jam)
    await told()
    now += repeatMs
    expect(await told()).toEqual([])
    await raise(jam, kioskB)
    expect(await told()).toEqual([['now', 'B jam raised']])
  })

  it('that flaps is told once, and that it is over when it has stayed away', async () => {
    for (let times = 0; times < 20; times++) {
      await raise(jam)
      expect(await told()).toEqual(times === 0 ? [['now', 'A jam raised']] : [])
      now += 1_000
      await clear(jam)
      now += flapMs - 1
      expect(await told()).toEqual([])
    }
    now += 1
    expect(await told()).toEqual([['now', 'A jam cleared']])
    now += repeatMs
    expect(await told()).toEqual([])
    await raise(jam)
    expect(await told()).toEqual([['now', 'A jam raised']])
  })

  it('that went away before anybody was told of it is in the list and in no notice', async () => {
    await raise(paper)
    await clear(paper)
    now += digestMs + flapMs
    expect(await told()).toEqual([])
    expect(await kept.alerts()).toHaveLength(1)
  })

  it('that cleared without having been raised is told in the digest', async () => {
    await clear(jam)
    now += flapMs + digestMs
    expect(await told()).toEqual([['digest', 'A jam cleared']])
  })

  it('goes to each that is named, and waits for the first to be named', async () => {
    await raise(jam)
    expect(await told([])).toEqual([])
    expect(await told(['webhook', 'mail'])).toHaveLength(2)
    const [one, other] = await kept.notices()
    expect([one?.channel, other?.channel, one?.id === other?.id]).toEqual([
      'webhook',
      'mail',
      false,
    ])
  })
})

describe('while somebody is at the kiosk', () => {
  it('what he does there alarms nobody below severity 4, and only there', async () => {
    await visit(visitBegun)
    await raise(jam)
    await raise({ ...jam, code: 'fraud attempt', severity: 4 })
    await raise(jam, kioskB)
    expect(await told()).toEqual([['now', 'A fraud attempt raised', 'B jam raised']])
    await visit(visitEnded)
    expect(await told()).toEqual([['now', 'A jam raised']])
  })

  it('for four hours at most: a visit that nobody ended mutes nothing for ever', async () => {
    await visit(visitBegun)
    await raise(jam)
    now += visitLongestMs - 1
    expect(await told()).toEqual([])
    now += 1
    expect(await told()).toEqual([['now', 'A jam raised']])
  })
})
