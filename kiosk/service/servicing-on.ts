// Gives the maintenance mode its world: who may come in, what may be set, the devices under test, and the cash box.
import { fromCallback, fromPromise, type PromiseActorLogic } from 'xstate'
import type { JournalEntry } from '../../domain/journal-entry.ts'
import type { CardLine } from '../../drivers/card-reader/card-reader.ts'
import type { MachineAct, PersonChecked, Setting } from '../../state-machines/servicing-context.ts'
import { servicing } from '../../state-machines/servicing.ts'
import { testingCardReader, type CardMeasured } from '../../state-machines/testing-card-reader.ts'
import { testingNoteAcceptor } from '../../state-machines/testing-note-acceptor.ts'
import {
  testingReceiptPrinter,
  type PaperTest,
  type TestPaper,
} from '../../state-machines/testing-receipt-printer.ts'
import type { CentreClient } from '../centre-client.ts'
import type { Clock } from '../clock.ts'
import { exchangingOn, type ExchangeParts } from './exchange-parts.ts'
import { measureCard } from './measuring-card.ts'
import { testPapers } from './test-paper.ts'

export type ServiceParts = Pick<ExchangeParts, 'config' | 'records'> & {
  check: (number: string, pin: string) => Promise<PersonChecked>
  save: (setting: Setting) => Promise<void>
  /** Rejects where it is not possible here. */
  machineAct: (act: MachineAct) => Promise<void>
}

type World = ServiceParts &
  Pick<ExchangeParts, 'boxIsOut'> & {
    journal: PromiseActorLogic<void, JournalEntry[]>
    clock: Clock
    centre: Pick<CentreClient, 'ask'>
  }

/** How often a page is looked at anew. */
const tickMs = 2_000
export const centreTestMs = 5_000

export const servicingOn = (world: World) => {
  const { config, records, check, save, journal, clock } = world
  const checkPerson = fromPromise<PersonChecked, { number: string; pin: string }>(
    ({ input: { number, pin } }) => check(number, pin),
  )
  return servicing.provide({
    actors: {
      journal,
      checkPerson,
      saveSetting: fromPromise<void, Setting>(({ input }) => save(input)),
      askCentre: fromPromise<number | null>(({ signal }) => timeOf(world, signal)),
      ticks: fromCallback(({ sendBack }) => {
        const stop = new AbortController()
        const tick = async () => {
          while ((await clock.wait(tickMs, stop.signal)) === 'over') sendBack({ type: 'tick' })
        }
        void tick()
        return () => stop.abort()
      }),
      testingCardReader: testingCardReader.provide({
        actors: {
          measureCard: fromPromise<CardMeasured, { line: CardLine }>(({ input: { line } }) =>
            measureCard(line, clock),
          ),
        },
      }),
      testingNoteAcceptor: testingNoteAcceptor.provide({ actors: { journal } }),
      testingReceiptPrinter: testingReceiptPrinter.provide({
        actors: {
          testPapers: fromPromise<TestPaper[], PaperTest>(async ({ input }) =>
            testPapers(input, { ...config, at: clock.now(), id: clock.ids.visit() }),
          ),
        },
      }),
      exchangingCashBox: exchangingOn({
        config,
        clock,
        records,
        boxIsOut: world.boxIsOut,
        journal,
        checkPerson,
      }),
    },
  })
}

/** How long the centre takes to answer the smallest question there is, ms; null when it does not. */
const timeOf = async ({ centre, clock }: World, signal: AbortSignal): Promise<number | null> => {
  const from = clock.monotonic()
  const answer = await centre.ask(
    'lookNonces',
    clock.ids.request(),
    { count: 1 },
    { signal, deadlineMs: centreTestMs },
  )
  return answer.kind === 'answered' ? Math.round(clock.monotonic() - from) : null
}
