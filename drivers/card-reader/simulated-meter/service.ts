// What a technician's card does at a meter (power-card.md 11).
import { isZero } from '../../../domain/power-card/bytes.ts'
import { cardEvent } from '../../../domain/power-card/card-record.ts'
import { purchaseUnit, readPurchase, type Purchase } from '../../../domain/power-card/purchase.ts'
import { cardFiles } from '../../../domain/power-card/layout.ts'
import { confirmParameters } from './acceptance.ts'
import { acknowledged, clockOf, settled } from './balance.ts'
import { nothingTaken } from './images.ts'
import {
  openSessionWith,
  writeDown,
  type Inserted,
  type Meter,
  type SeenCard,
} from './insertion.ts'
import { Refused, type MeterLine, type MeterSession } from './line.ts'
import type { MeterState } from './state.ts'

export const serviceType = { management: 0x50, readAll: 0x51, zero: 0x52, relayTest: 0x53 } as const

const suspend = 1
const resume = 2
const zeroingSeconds = 120
const relayTestSeconds = 5

/** Steps 8 and 13 to 24 for the types 50 to 53; others never come here. */
export const serve = (meter: Meter, card: SeenCard, line: MeterLine): Inserted => {
  const { type } = card.parameters
  checkNumber(meter, card)
  const session = openSessionWith(meter, line, card)
  confirmParameters(session, card)
  const order = readServiceOrder(session)
  if (clockOf(meter.state, meter.nowSeconds()) > order.time) throw new Refused(23)
  const after = acted(meter, type, order.flags)
  // The write-back of a zeroing shows the meter as it was (11).
  const shown = type === serviceType.zero ? meter.state : after
  meter.state = after
  return writeDown(
    meter,
    { line, session, card },
    {
      result: 0,
      shown,
      taken: nothingTaken,
      note: { event: cardEvent.service, amount: type, count: after.count },
      codeIfPulled: 20,
      credited: 0,
    },
  )
}

/** Zero means any meter of the area, but not where the meter is to be zeroed. */
const checkNumber = ({ state }: Meter, { parameters }: SeenCard): void => {
  const { type, meter } = parameters
  const any = Number(meter) === 0 && type !== serviceType.zero
  if (!any && meter !== state.number) throw new Refused(11)
}

/** No E2E MAC: the authority of a service card comes from the proven reads. */
const readServiceOrder = (session: MeterSession): Purchase => {
  const bytes = session.read(cardFiles.purchase.sfi)
  const order = readPurchase(bytes)
  if (order.problem !== null || order.unit !== purchaseUnit.service) throw new Refused(14)
  if (!isZero(bytes.subarray(32))) throw new Refused(14)
  return order
}

const acted = (meter: Meter, type: number, command: number): MeterState => {
  const { state } = meter
  const nowSeconds = meter.nowSeconds()
  const relay = { ...state.relay }
  switch (type) {
    case serviceType.management:
      if (command !== suspend && command !== resume) throw new Refused(23)
      relay.suspended = command === suspend
      return acknowledged({ ...state, relay })
    case serviceType.readAll:
      return acknowledged(state)
    case serviceType.zero:
      if (nowSeconds > state.clock.poweredUpAt + zeroingSeconds) throw new Refused(23)
      return settled(zeroed(state), nowSeconds)
    case serviceType.relayTest:
      relay.testUntil = nowSeconds + relayTestSeconds
      return acknowledged({ ...state, relay })
    default:
      throw new Refused(8)
  }
}

/** Nobody's again, and a preset may be taken once more (D35). Limits, registers and illegal insertions stay. */
const zeroed = (state: MeterState): MeterState => ({
  ...state,
  opened: false,
  customer: null,
  serial: null,
  issueNumber: 0,
  count: 0,
  presetTaken: false,
  remaining: 0,
  totalCredited: 0,
  totalUsed: 0,
  usedFraction: 0,
})
