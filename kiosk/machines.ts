// The machines of one kiosk on its records, its centre and its drivers, and the view that follows them.
import { isBoxOpen } from '../domain/service/standing-exchange.ts'
import { isDoorOpen } from '../state-machines/kiosk-context.ts'
import type { View } from '../ui/kiosk/screen.ts'
import { centreClient, frontClient } from './centre-client.ts'
import { centreWatch, type CentreWatch } from './centre-watch.ts'
import { comparingCash, type ComparingCash } from './comparing-cash.ts'
import { whyOf } from './disk.ts'
import { faultsJournalled } from './faults-journalled.ts'
import { actEvent } from './fleet/act-events.ts'
import type { Joined } from './fleet/joining.ts'
import { troubleOf } from './health.ts'
import { interruptedSales } from './interrupted.ts'
import { kioskActor, type KioskActor, type KioskParts } from './kiosk.ts'
import type { KioskKey } from './kiosk-key.ts'
import { lookNonces } from './look-nonces.ts'
import { prepareReceipt } from './preparing-receipt.ts'
import { nextSlip } from './preparing-slip.ts'
import type { Records } from './records.ts'
import { screenFeed, type ScreenFeed } from './screen-feed.ts'
import { settling } from './settling.ts'
import { openPayments } from './standing.ts'
import type { JoinedService } from './service/joining.ts'
import type { ServiceFacts } from './service/service-facts.ts'
import type { ServiceParts } from './service/servicing-on.ts'
import type { StartOptions } from './start.ts'
import { viewOf } from './view.ts'

export type MachinesOfKiosk = {
  actor: KioskActor
  /** Why the journal cannot be written or trusted; null when it can. */
  trouble: () => string | null
  feed: ScreenFeed
  /** The way of every entry into the journal. */
  append: Records['append']
  /** Called with every view that differs from the last. */
  onView: (show: (view: View) => void) => void
}

/** Put together and not yet started. `key`: null where claims cannot be signed; `fleet` looks at every step. */
export const machinesOn = (
  options: StartOptions,
  records: Records,
  of: {
    key: KioskKey | null
    fleet: Pick<Joined, 'inspect' | 'look' | 'tell'>
    service: JoinedService
    machineAct: ServiceParts['machineAct']
    machineActs: KioskParts['input']['machineActs']
    /** What the pages of the maintenance mode say. */
    facts: (uploaded: () => number) => ServiceFacts
  },
): MachinesOfKiosk => {
  const { config, clock, log, drivers, fetch } = options
  const { key, fleet, service, machineAct } = of
  const { url } = config.centre
  const line = { url, kiosk: config.kiosk.number, clock, ...(fetch && { fetch }) }
  const centre = centreClient(line)
  const nonces = lookNonces(centre, clock, key?.publicKey ?? null)
  const failed = (why: string) => {
    log.error(troubleOf(why), 'the journal fails: nothing is sold any more')
    if (actor.getSnapshot().status === 'active') actor.send({ type: 'journal.failed', why })
  }
  const watched = centreWatch({
    nonces,
    journal: records.uploadable,
    centre,
    clock,
    log,
    onTrouble: failed,
  })
  const journal: Records['append'] = (entries) => append(entries)
  const cash = comparingCash({ record: records.cash, journal, log })
  const append = appending({ records, cash, watched, failed, fleet })
  let show: (view: View) => void = () => undefined
  const actor = kioskActor({
    input: {
      ...inputOf(options, records),
      ...service.begins,
      devicesFitted: service.devicesFitted,
      machineActs: of.machineActs,
      languages: config.languages,
    },
    clock,
    centre,
    nonces,
    watchCentre: watched.watch,
    journal,
    prepareReceipt: (sale) =>
      prepareReceipt({ config, clock, log, key, records: { ...records, append } }, sale),
    settling: (tried, signal) =>
      settling(
        {
          standing: records.standing,
          journal,
          centre,
          clock,
          report: (problem) => log.warn(problem, 'a sale is not closed with the centre yet'),
          tried,
        },
        signal,
      ),
    compareCash: cash.compare,
    interrupted: () => interruptedSales(records.standing()),
    openPayments: () => openPayments(records.standing()),
    endOfDay: endOfDayOf(config),
    reportPayment: (problem) => log.warn(problem, 'the front machine did not take a payment'),
    // The front machine answers at the address of the centre.
    front: config.edition === 'bank' ? frontClient(line) : null,
    nextSlip: () => nextSlip({ config, clock, key, records: { ...records, append } }),
    drivers,
    service: { config, records, check: service.check, save: service.save, machineAct },
    inspect: (inspected) => {
      options.inspect?.(inspected)
      fleet.inspect(inspected)
    },
    patience: config.patience,
    onStep: onceForMany(() => {
      fleet.look()
      if (actor.getSnapshot().status !== 'active') return
      const view = feed.next()
      if (view !== null) show(view)
      journalFaults(actor)
    }),
  })
  actor.subscribe({
    error: (error) => {
      log.fatal({ err: error }, 'the kiosk machine stopped')
      options.onFailure()
    },
  })
  const journalFaults = faultsInJournal(journal, log)
  const feed = screenFeed(() =>
    viewOf({
      config,
      clock,
      snapshot: actor.getSnapshot(),
      service: () => of.facts(watched.uploaded),
    }),
  )
  return {
    actor,
    trouble: () => records.trouble() ?? watched.trouble(),
    feed,
    append,
    onView: (given) => {
      show = given
    },
  }
}

const endOfDayOf = ({ devices, timeZone }: StartOptions['config']) =>
  devices.bankTerminal === null ? null : { hour: devices.bankTerminal.endOfDayHour, timeZone }

/** What the kiosk machine begins with: what the journal says, and what is taken here. */
const inputOf = (
  { config, clock }: StartOptions,
  records: Records,
): Omit<
  KioskParts['input'],
  keyof JoinedService['begins'] | 'devicesFitted' | 'machineActs' | 'languages'
> => ({
  ids: clock.ids,
  journalTrouble: records.trouble(),
  openNotes: records.openNotes,
  lostNotes: [...records.trail.lost],
  lastStacked: records.trail.lastStacked,
  tenders: config.tenders,
  cashValues: config.cash.values,
  mostCash: config.cash.most,
  closed: records.site().closed?.how ?? null,
  boxOpen: isBoxOpen(records.exchange()),
})

/** The way of every entry. Whoever finds that the journal cannot be written: the machine is told, and serves nobody any more. */
const appending =
  (of: {
    records: Records
    cash: ComparingCash
    watched: CentreWatch
    failed: (why: string) => void
    fleet: Pick<Joined, 'tell'>
  }): Records['append'] =>
  async (entries) => {
    const { records, cash, watched, failed, fleet } = of
    try {
      const onDisk = records.append(entries)
      cash.journalled(entries)
      await onDisk
      watched.appended()
      for (const entry of entries) {
        const event = actEvent(entry)
        if (event !== null) fleet.tell(event)
      }
    } catch (error) {
      failed(whyOf(error))
      throw error
    }
  }

/** Many machines step together: one look at all of them when they are done. */
const onceForMany = (look: () => void): (() => void) => {
  let planned = false
  return () => {
    if (planned) return
    planned = true
    setImmediate(() => {
      planned = false
      look()
    })
  }
}

const faultsInJournal = (
  journal: Records['append'],
  log: StartOptions['log'],
): ((actor: KioskActor) => void) => {
  const entriesOfFaults = faultsJournalled()
  return (actor) => {
    const { context } = actor.getSnapshot()
    const { devices, switchHeard } = context
    const entries = entriesOfFaults({ devices, switchHeard, doorOpen: isDoorOpen(context) })
    if (entries.length === 0) return
    for (const entry of entries) log.info(entry, entry.type)
    journal(entries).catch((error: unknown) =>
      log.error({ err: error }, 'a fault is not journalled'),
    )
  }
}
