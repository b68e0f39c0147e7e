import { describe, expect, it } from 'vitest'
import { createActor, type SnapshotFrom } from 'xstate'
import { minor } from '../domain/money.ts'
import { referenceOf } from '../domain/reference.ts'
import { kiosk } from '../state-machines/kiosk.ts'
import { wellServiced } from '../test/service-facts.ts'
import { salePaths } from '../test/sale-paths.ts'
import { testIds } from '../test/test-ids.ts'
import type { Screen } from '../ui/kiosk/screen.ts'
import { screenFor, type SaleSnapshot } from './screen-for.ts'

const idle = createActor(kiosk, {
  input: {
    ids: testIds(),
    journalTrouble: null,
    openNotes: [],
    lostNotes: [],
    lastStacked: null,
    tenders: ['cash', 'account'],
    cashValues: [minor(2000)],
    mostCash: minor(100_000),
    homeLanguage: 'en',
    closed: null,
    boxOpen: false,
    volume: 7,
    devicesFitted: ['cardReader', 'noteAcceptor', 'receiptPrinter'],
    machineActs: ['restart screen', 'restart program'],
    languages: ['en'],
  },
}).getSnapshot()

type Service = SnapshotFrom<typeof kiosk>['value']['service']

const screenOf = (service: Service, sale: SaleSnapshot | null) =>
  screenFor({
    kiosk: Object.assign(Object.create(idle), { value: { ...idle.value, service } }),
    sale,
    hour: 9,
    suggestions: { money: [20, 50], energy: [20, 50] },
    warningMs: 20_000,
    service: () => wellServiced,
  })

const states = salePaths.map(({ state, steps }) => ({
  sale: state,
  story: steps.map(({ event }) => event.type).join(', '),
}))
const shown = states.map(({ sale, story }) => ({ ...screenOf('serving', sale), sale, story }))
const ofKind = <Kind extends Screen['kind']>(kind: Kind) =>
  shown.flatMap(({ screen, ...rest }) =>
    screen.kind === kind ? [{ ...rest, screen: screen as Extract<Screen, { kind: Kind }> }] : [],
  )

describe('on every short path through a sale', () => {
  it('there is a screen, and every kind of screen of a sale is reached', () => {
    const kinds = new Set(shown.map(({ screen }) => screen.kind))
    expect([...kinds].sort()).toEqual([
      'account',
      'choose amount',
      'choose tender',
      'claim told',
      'confirm cancel',
      'confirm deposit',
      'confirm purchase',
      'confirm undo',
      'enquiry',
      'healed',
      'insert notes',
      'mishap',
      'more than chosen',
      'open order',
      'paying by card',
      'please wait',
      'put card back',
      'refused',
      'take card',
      'thank you',
      'type claim',
      'writing',
    ])
  })

  it('P7: a mishap shows the reference by which the sale is found', () => {
    const mishaps = ofKind('mishap')
    expect(mishaps.length).toBeGreaterThan(0)
    for (const { screen, sale } of mishaps) {
      expect(screen.reference).toEqual(referenceOf(sale.context.saleId))
    }
  })

  it('the wire is broken wherever something went wrong, and only there', () => {
    const wrong = new Set<Screen['kind']>(['refused', 'mishap', 'open order', 'put card back'])
    for (const { screen, wire, story } of shown) {
      expect(wire.state === 'broken', `${screen.kind} after ${story}`).toBe(wrong.has(screen.kind))
    }
  })

  it('while the card is written there is nothing to press and no countdown', () => {
    for (const { warning, story } of ofKind('writing')) expect(warning, story).toBeNull()
  })

  it('what is paid for is never less than what the purchase costs', () => {
    for (const { screen, story } of ofKind('confirm purchase')) {
      expect(screen.paid, story).toBeGreaterThanOrEqual(screen.quote.pay)
      expect(screen.rest, story).toBe(screen.paid - screen.quote.pay + screen.quote.residue)
    }
  })
})

describe('outside a sale', () => {
  it.each<[Service, Screen['kind']]>([
    ['resolvingNotes', 'out of service'],
    ['askingCounters', 'out of service'],
    ['journallingStacked', 'out of service'],
    ['journallingReturned', 'out of service'],
    ['journallingUnknown', 'out of service'],
    ['outOfService', 'out of service'],
    [{ tellingInterrupted: 'settling' }, 'out of service'],
    ['idle', 'attract'],
    ['showingUnusable', 'refused'],
    ['closingSession', 'please wait'],
    ['cardLeft', 'take card'],
  ])('%j shows %s', (service, kind) => {
    expect(screenOf(service, null).screen.kind).toBe(kind)
  })
})
