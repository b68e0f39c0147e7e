// Pure but for the facts it asks: birth, state and heartbeat of a kiosk as they go out.
import { encode } from '../../domain/fleet/codec.ts'
import {
  wire,
  type HeartbeatMessage,
  type StateMessage,
} from '../../domain/fleet/kiosk-messages.ts'
import type { KioskNumber } from '../../domain/identifiers.ts'
import type { Clock } from '../clock.ts'
import type { DeviceFact, FleetFacts } from './fleet-facts.ts'
import { nothingOfMachine } from './machine-facts.ts'
import type { Outbox } from './outbox.ts'

export const birthText = (
  facts: Pick<FleetFacts, 'description' | 'journal'>,
  told: { kiosk: KioskNumber; bd: number; ts: number },
): string => encode('birth', { v: wire, ...told, ...facts.description(), head: facts.journal() })

export const stateText = (told: Omit<StateMessage, 'v'>): string =>
  encode('state', { v: wire, ...told })

export const heartbeatText = async (of: {
  facts: FleetFacts
  outbox: Pick<Outbox, 'waiting'>
  clock: Pick<Clock, 'now' | 'monotonic'>
  bd: number
  seq: number
  clockOffMs: number | null
  everyMs: number
}): Promise<string> => {
  const { facts, outbox, clock, bd, seq, clockOffMs, everyMs } = of
  // First what has to be waited for: all the rest is of one moment.
  const sys = await facts.system()
  const { clockFreeMs, disk, drift, certificate } = (await facts.machine?.()) ?? nothingOfMachine
  const activity = facts.activity()
  const screen = facts.screen()
  const waiting = outbox.waiting()
  const now = clock.now()
  return encode('hb', {
    v: wire,
    bd,
    seq,
    ts: now,
    up: Math.floor(clock.monotonic()),
    every: seconds(everyMs),
    svc: facts.service(),
    st: { name: activity.name, for: seconds(activity.forMs) },
    ui: { age: secondsOrNull(screen.ageMs), screen: screen.name },
    dev: Object.fromEntries(
      Object.entries(facts.devices()).map(([role, device]) => [role, deviceOf(device)]),
    ),
    cash: facts.cash(),
    sup: facts.supplies(),
    q: { n: waiting.n, oldest: waiting.oldest === null ? 0 : seconds(now - waiting.oldest) },
    clk: {
      off: clockOffMs,
      ...(clockFreeMs !== null && { free: seconds(clockFreeMs) }),
    },
    sys: { ...sys, ...disk },
    ...(drift && {
      drift: { n: drift.n, age: seconds(now - drift.checkedAt), firewall: drift.firewall },
    }),
    ...(certificate && { cert: { from: certificate.from, to: certificate.to } }),
    ...(facts.lines && { link: facts.lines() }),
    head: facts.journal(),
    unresolved: facts.unresolved(),
  })
}

const deviceOf = ({ word, ageMs, faults }: DeviceFact): HeartbeatMessage['dev'][string] => ({
  st: word,
  age: secondsOrNull(ageMs),
  faults: faults.map(({ code }) => code),
})

/** A wall clock may have been set back meanwhile. */
const seconds = (ms: number): number => Math.max(0, Math.floor(ms / 1000))
const secondsOrNull = (ms: number | null): number | null => (ms === null ? null : seconds(ms))
