// The driver and a simulated printer on one cable: every promise of the contract, every fault, and what is left on paper.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, test } from 'vitest'
import { createActor, setup } from 'xstate'
import { manualClock } from '../../../test/manual-clock.ts'
import { memoryCable, pseudoTerminal, pseudoTerminalsWork, type MemoryCable } from '../../cables.ts'
import { openSerialLine } from '../../serial-port.ts'
import type {
  ReceiptDocument,
  ReceiptPrinterCommand,
  ReceiptPrinterEvent,
} from '../receipt-printer.ts'
import { realClock } from '../../clock.ts'
import { unansweredUntilFault } from './conversation.ts'
import {
  driverDelays,
  escposLineSettings,
  escposReceiptPrinter,
  type EscposReceiptPrinterOptions,
} from './driver.ts'
import { ladderDelays } from './ladder.ts'
import { linkDelays } from './link.ts'
import { printingDelays } from './printing.ts'
import { escposSimulator, type EscposSimulatorOptions } from './simulator/simulator.ts'

const slip: ReceiptDocument = {
  language: 'en',
  lines: [
    { kind: 'text', text: '89.10 kWh', size: 'large', weight: 'bold', align: 'centre' },
    { kind: 'pair', label: 'Paid in cash', value: '200.00' },
  ],
}
const arabicSlip: ReceiptDocument = {
  language: 'ar',
  lines: Array.from({ length: 12 }, () => ({
    kind: 'pair' as const,
    label: 'المدفوع نقداً',
    value: '200.00',
  })),
}

/** The actor under a parent that writes down all it is told. */
const actorOf = (options: EscposReceiptPrinterOptions) => {
  const events: ReceiptPrinterEvent[] = []
  const machine = setup({
    types: { events: {} as ReceiptPrinterEvent },
    actors: { printer: escposReceiptPrinter(options) },
  }).createMachine({
    invoke: { src: 'printer', id: 'printer', systemId: 'printer' },
    on: { '*': { actions: ({ event }) => events.push(event) } },
  })
  const actor = createActor(machine)
  actor.start()
  const send = (command: ReceiptPrinterCommand) => actor.system.get('printer').send(command)
  return { events, send, stop: () => actor.stop() }
}

const rigs: { stop: () => void }[] = []
afterEach(() => {
  for (const rig of rigs.splice(0)) rig.stop()
})

const nextTurn = () => new Promise<void>((resolve) => void setImmediate(resolve))

/** A driver and a printer, joined by a cable in memory, under a clock that is moved by hand. */
const rig = (options: Partial<EscposSimulatorOptions> = {}, { plugged = true } = {}) => {
  const clock = manualClock()
  const model = options.model ?? 'generic-80'
  const sim = escposSimulator({ ...options, model, clock })
  const opened: number[] = []
  const line: { cable: MemoryCable | null; plugged: boolean } = { cable: null, plugged }
  const reports: string[] = []
  const { events, send, stop } = actorOf({
    model,
    clock,
    report: (heard) => reports.push(heard.kind),
    open: async () => {
      opened.push(clock.monotonic())
      if (!line.plugged) throw new Error('no such device')
      line.cable = memoryCable()
      sim.attach(line.cable.device)
      return line.cable.host
    },
  })
  rigs.push({ stop })
  /** Lets everything happen, moving the clock only when nothing else does, until it is so. */
  const until = async (what: () => boolean) => {
    for (let turn = 0; turn < 20_000; turn += 1) {
      for (let quiet = 0; quiet < 8; quiet += 1) {
        if (what()) return
        await nextTurn()
      }
      await clock.advanceToNext()
    }
    throw new Error(`it never came to be so; told: ${JSON.stringify(events)}`)
  }
  const told = (type: ReceiptPrinterEvent['type']) => events.filter((event) => event.type === type)
  return {
    clock,
    sim,
    send,
    stop,
    events,
    opened,
    reports,
    told,
    until,
    ready: () => until(() => told('receipt-printer.ready').length > 0),
    print: (jobId: string, paper = slip) => send({ type: 'receipt.print', jobId, paper }),
    ended: (jobId: string) =>
      until(() =>
        events.some(
          (event) =>
            (event.type === 'receipt.printed' || event.type === 'receipt.not-printed') &&
            event.jobId === jobId,
        ),
      ),
    raised: (kind: string) =>
      until(() =>
        events.some(
          (event) => event.type === 'receipt-printer.failed' && event.fault.kind === kind,
        ),
      ),
    cleared: (kind: string) =>
      until(() =>
        events.some((event) => event.type === 'receipt-printer.cleared' && event.fault === kind),
      ),
    unplug: () => {
      line.plugged = false
      line.cable?.unplug()
    },
    plugIn: () => {
      line.plugged = true
    },
    /** A while in which everything may happen. */
    pass: async (ms: number) => {
      const end = clock.monotonic() + ms
      await until(() => clock.monotonic() >= end)
    },
  }
}

describe('a printer that works', () => {
  it('is ready once it has answered, and named', async () => {
    const { ready, events } = rig()
    await ready()
    expect(events).toEqual([{ type: 'receipt-printer.ready', model: 'ESC/POS 80 mm' }])
  })

  it.each(['generic-80', 'generic-80-cn', 'generic-58', 'epson-tm', 'custom-vkp80'] as const)(
    '%s prints, cuts, and is believed when it says that it has',
    async (model) => {
      const { ready, print, ended, told, sim } = rig({ model })
      await ready()
      print('K-1')
      await ended('K-1')
      expect(told('receipt.printed')).toEqual([{ type: 'receipt.printed', jobId: 'K-1' }])
      expect(sim.receipts()).toMatchObject([
        { cut: true, text: expect.stringMatching(/^89\.10 kWh\nPaid in cash +200\.00$/) },
      ])
      expect(sim.strange()).toEqual([])
    },
  )

  it('is not told to be done while the paper still moves', async () => {
    const { ready, print, ended, until, told, sim } = rig()
    await ready()
    sim.goSlow()
    print('K-1')
    await until(() => sim.hanging() !== '')
    expect(told('receipt.printed')).toEqual([])
    await ended('K-1')
    expect(sim.receipts()).toHaveLength(1)
  })

  it('prints a job id once: asked again it prints nothing and says that it is printed', async () => {
    const { ready, print, ended, until, told, sim } = rig()
    await ready()
    print('K-1')
    print('K-1')
    await ended('K-1')
    print('K-1')
    await until(() => told('receipt.printed').length === 2)
    expect(sim.receipts()).toHaveLength(1)
  })

  it('prints jobs in the order they were asked for, each on paper of its own', async () => {
    const { ready, print, ended, told, sim } = rig()
    await ready()
    for (const jobId of ['K-1', 'K-2', 'K-3']) print(jobId)
    await ended('K-3')
    expect(told('receipt.printed').map((event) => ('jobId' in event ? event.jobId : ''))).toEqual([
      'K-1',
      'K-2',
      'K-3',
    ])
    expect(sim.receipts()).toHaveLength(3)
  })

  it('takes a job that was asked for before it had answered', async () => {
    const { print, ended, told } = rig()
    print('K-1')
    await ended('K-1')
    expect(told('receipt.printed')).toHaveLength(1)
  })

  it('never puts a question into the middle of a picture, however long the job takes', async () => {
    const { ready, print, ended, sim, told, clock } = rig({ rowsPerSecond: 60 })
    await ready()
    print('K-1', arabicSlip)
    const began = clock.monotonic()
    await ended('K-1')
    expect(clock.monotonic() - began).toBeGreaterThan(3 * printingDelays.lookMs)
    expect(told('receipt.printed')).toHaveLength(1)
    expect(sim.strange()).toEqual([])
  })

  it('waits while the printer asks for a pause', async () => {
    const { ready, print, ended, told, sim } = rig({ rowsPerSecond: 100, flow: 'xon/xoff' })
    await ready()
    print('K-1', arabicSlip)
    await ended('K-1')
    expect(told('receipt.printed')).toHaveLength(1)
    expect(sim.receipts()[0]?.text.match(/picture/g)).toHaveLength(12)
  })

  it('works without automatic status, by asking', async () => {
    const { ready, raised, cleared, sim } = rig({ automaticStatus: false })
    await ready()
    sim.openCover()
    await raised('cover open')
    sim.closeCover()
    await cleared('cover open')
  })

  it('is not led astray by noise on the line', async () => {
    const { ready, print, ended, told, sim, reports, pass } = rig()
    await ready()
    sim.say([0xff, 0x9a, 0x10, 0x99, 0x37, 0x00, 0x14])
    await pass(2 * driverDelays.lookMs)
    print('K-1')
    await ended('K-1')
    expect(told('receipt-printer.failed')).toEqual([])
    expect(told('receipt.printed')).toHaveLength(1)
    expect(reports).toContain('discarded')
  })
})

type Sim = ReturnType<typeof rig>['sim']

describe.each<{ kind: string; begin: (sim: Sim) => void; end: (sim: Sim) => void }>([
  { kind: 'paper out', begin: (sim) => sim.runOutOfPaper(), end: (sim) => sim.insertPaper() },
  { kind: 'cover open', begin: (sim) => sim.openCover(), end: (sim) => sim.closeCover() },
  { kind: 'offline', begin: (sim) => sim.switchOffline(), end: (sim) => sim.switchOnline() },
  { kind: 'cutter', begin: (sim) => sim.jamCutter(), end: (sim) => sim.clearCutter() },
  { kind: 'too hot', begin: (sim) => sim.heatHead(), end: (sim) => sim.coolHead() },
  { kind: 'broken', begin: (sim) => sim.breakDown(), end: (sim) => sim.repair() },
  { kind: 'not answering', begin: (sim) => sim.goSilent(), end: (sim) => sim.speakAgain() },
])('$kind', ({ kind, begin, end }) => {
  it.each(['generic-80', 'custom-vkp80'] as const)(
    'is raised once and cleared once (%s), and nothing is printed meanwhile',
    async (model) => {
      const { ready, raised, cleared, print, ended, told, events, sim, pass } = rig({ model })
      await ready()
      begin(sim)
      await raised(kind)
      await pass(3 * driverDelays.silentMs)
      print('K-1')
      await ended('K-1')
      expect(events.at(-1)).toEqual({ type: 'receipt.not-printed', jobId: 'K-1', why: kind })
      end(sim)
      await cleared(kind)
      expect(told('receipt-printer.failed')).toEqual([
        { type: 'receipt-printer.failed', fault: { kind, moneyAtRisk: 'no' } },
      ])
      expect(told('receipt-printer.cleared')).toEqual([
        { type: 'receipt-printer.cleared', fault: kind },
      ])
      await pass(3 * driverDelays.lookMs)
      expect(sim.receipts()).toEqual([])
    },
  )

  it('does not keep a later receipt back, and one that was refused may be asked for again', async () => {
    const { ready, raised, cleared, print, ended, until, told, sim } = rig()
    await ready()
    begin(sim)
    await raised(kind)
    print('K-1')
    await ended('K-1')
    end(sim)
    await cleared(kind)
    print('K-1')
    await until(() => told('receipt.printed').length === 1)
    expect(sim.receipts()).toHaveLength(1)
  })
})

describe('paper low', () => {
  it('is told, and printing goes on', async () => {
    const { ready, raised, cleared, print, ended, told, sim } = rig()
    await ready()
    sim.paperRunsLow()
    await raised('paper low')
    print('K-1')
    await ended('K-1')
    expect(told('receipt.printed')).toHaveLength(1)
    sim.insertPaper()
    await cleared('paper low')
  })

  it('gives way to paper out', async () => {
    const { ready, raised, cleared, sim } = rig()
    await ready()
    sim.paperRunsLow()
    await raised('paper low')
    sim.runOutOfPaper()
    await raised('paper out')
    await cleared('paper low')
  })
})

describe('a job that dies in the middle', () => {
  it('is told with the reason and not repeated; its rest is cut off, and the next is on paper of its own', async () => {
    const { ready, print, ended, cleared, told, sim, pass } = rig({ rowsPerSecond: 100 })
    await ready()
    sim.runOutOfPaper({ afterRows: 60 })
    print('K-1')
    await ended('K-1')
    expect(told('receipt.not-printed')).toEqual([
      { type: 'receipt.not-printed', jobId: 'K-1', why: 'paper out' },
    ])
    sim.insertPaper()
    await cleared('paper out')
    await pass(5 * driverDelays.lookMs)
    expect(told('receipt.printed')).toEqual([])
    print('K-2')
    await ended('K-2')
    expect(told('receipt.printed')).toEqual([{ type: 'receipt.printed', jobId: 'K-2' }])
    expect(sim.receipts().at(-1)?.text).toMatch(/^89\.10 kWh\nPaid in cash +200\.00$/)
    expect(sim.receipts().every(({ cut }) => cut)).toBe(true)
  })

  it('does not lend its late end to the next job', async () => {
    const { ready, print, ended, cleared, told, sim } = rig({ rowsPerSecond: 100 })
    await ready()
    print('K-1')
    await ended('K-1')
    // The cover is opened when all is sent, so that the printer still has the end of the job in its buffer.
    sim.goSlow()
    print('K-2')
    await rigUntilHanging(sim)
    sim.openCover()
    await ended('K-2')
    sim.closeCover()
    await cleared('cover open')
    sim.goSlow(false)
    print('K-3')
    await ended('K-3')
    expect(told('receipt.not-printed')).toEqual([
      { type: 'receipt.not-printed', jobId: 'K-2', why: 'cover open' },
    ])
    expect(sim.receipts().at(-1)?.text).toMatch(/^89\.10 kWh/)
    expect(told('receipt.printed')).toHaveLength(2)
  })

  it('is found by asking, where the printer holds the line and tells nothing by itself', async () => {
    const { ready, print, ended, until, told, sim, clock } = rig({
      rowsPerSecond: 100,
      automaticStatus: false,
    })
    await ready()
    print('K-1', arabicSlip)
    await until(() => sim.hanging() !== '')
    sim.openCover()
    const opened = clock.monotonic()
    await ended('K-1')
    expect(told('receipt.not-printed')).toEqual([
      { type: 'receipt.not-printed', jobId: 'K-1', why: 'cover open' },
    ])
    expect(clock.monotonic() - opened).toBeLessThanOrEqual(printingDelays.lookMs)
    expect(sim.strange()).toEqual([])
  })

  it('by the cutter is not printed, for nobody can take it', async () => {
    const { ready, print, ended, told, sim } = rig()
    await ready()
    sim.jamCutter({ when: 'at the next cut' })
    print('K-1')
    await ended('K-1')
    expect(told('receipt.not-printed')).toEqual([
      { type: 'receipt.not-printed', jobId: 'K-1', why: 'cutter' },
    ])
  })

  it('by a printer that is switched off is told within seconds', async () => {
    const { ready, print, ended, until, told, sim, clock } = rig({ rowsPerSecond: 30 })
    await ready()
    print('K-1')
    await until(() => sim.hanging() !== '')
    const off = clock.monotonic()
    sim.powerOff()
    await ended('K-1')
    expect(told('receipt.not-printed')).toEqual([
      { type: 'receipt.not-printed', jobId: 'K-1', why: 'not answering' },
    ])
    const rounds = unansweredUntilFault * (linkDelays.answerMs + printingDelays.lookMs)
    expect(clock.monotonic() - off).toBeLessThanOrEqual(rounds)
  })

  it('by a printer that goes on and on is given up when the customer has waited long enough', async () => {
    const { ready, print, ended, told, sim, clock } = rig({ rowsPerSecond: 2 })
    await ready()
    print('K-1')
    const began = clock.monotonic()
    await ended('K-1')
    expect(told('receipt.not-printed')).toHaveLength(1)
    expect(clock.monotonic() - began).toBe(printingDelays.jobMs)
    expect(sim.receipts()).toEqual([])
  })

  it('by a hot head goes on when it has cooled in time', async () => {
    const { ready, print, ended, until, pass, told, sim } = rig({ rowsPerSecond: 100 })
    await ready()
    print('K-1')
    await until(() => sim.hanging() !== '')
    sim.heatHead()
    await pass(3_000)
    sim.coolHead()
    await ended('K-1')
    expect(told('receipt.printed')).toHaveLength(1)
  })
})

const rigUntilHanging = async (sim: Sim): Promise<void> => {
  for (let turn = 0; turn < 2_000 && sim.hanging() === ''; turn += 1) await nextTurn()
  expect(sim.hanging()).not.toBe('')
}

describe('a cable that is pulled', () => {
  it('ends the job, is opened again with growing patience, and prints what is asked for afterwards', async () => {
    const { ready, print, ended, until, raised, cleared, told, opened, sim, unplug, plugIn } = rig({
      rowsPerSecond: 60,
    })
    await ready()
    print('K-1', arabicSlip)
    await until(() => sim.hanging() !== '')
    unplug()
    await ended('K-1')
    expect(told('receipt.not-printed')).toEqual([
      { type: 'receipt.not-printed', jobId: 'K-1', why: 'not answering' },
    ])
    await raised('not answering')
    await until(() => opened.length === 9)
    const waits = opened.slice(1).map((at, attempt) => at - (opened[attempt] ?? 0))
    const { reopenMs, reopenMostMs } = driverDelays
    expect(waits.slice(1)).toEqual([
      2 * reopenMs,
      4 * reopenMs,
      8 * reopenMs,
      16 * reopenMs,
      reopenMostMs,
      reopenMostMs,
      reopenMostMs,
    ])
    plugIn()
    await cleared('not answering')
    print('K-2')
    await ended('K-2')
    expect(told('receipt.printed')).toEqual([{ type: 'receipt.printed', jobId: 'K-2' }])
    expect(sim.receipts().at(-1)?.text).toMatch(/^89\.10 kWh/)
    expect(sim.strange()).toEqual([])
  })

  it('in the middle of an image leaves nothing behind that eats the next words', async () => {
    const { ready, print, ended, sim, told, plugIn } = rig({}, { plugged: false })
    // Somebody was cut off before us, in the middle of a picture of 200 rows.
    const before = memoryCable()
    sim.attach(before.device)
    before.host.resume()
    before.host.write(Uint8Array.of(0x1d, 0x76, 0x30, 0, 10, 0, 200, 0, 0xff, 0xff))
    await nextTurn()
    plugIn()
    await ready()
    print('K-1')
    await ended('K-1')
    expect(told('receipt.printed')).toHaveLength(1)
    expect(sim.receipts()[0]?.text).toContain('89.10 kWh')
  })

  it('is not waited for: a receipt asked for meanwhile is refused at once', async () => {
    const { ready, raised, print, events, unplug } = rig()
    await ready()
    unplug()
    await raised('not answering')
    print('K-1')
    expect(events.at(-1)).toEqual({
      type: 'receipt.not-printed',
      jobId: 'K-1',
      why: 'not answering',
    })
  })
})

describe('the ladder of a printer in trouble', () => {
  it('asks again: two rounds without an answer are nothing', async () => {
    const { ready, events, sim, pass, opened } = rig()
    await ready()
    sim.goSilent()
    await pass(driverDelays.lookMs + linkDelays.answerMs)
    sim.speakAgain()
    await pass(5 * driverDelays.lookMs)
    expect(events.map(({ type }) => type)).toEqual(['receipt-printer.ready'])
    expect(opened).toHaveLength(1)
  })

  it('initialises one that waits for the rest of an image it was never sent, over the same line', async () => {
    const { ready, raised, cleared, print, ended, told, sim, opened } = rig({
      realTimeInImages: false,
    })
    await ready()
    sim.mishear([0x1d, 0x76, 0x30, 0, 10, 0, 200, 0, 0xff])
    await raised('not answering')
    await cleared('not answering')
    expect(opened).toHaveLength(1)
    print('K-1')
    await ended('K-1')
    expect(told('receipt.printed')).toHaveLength(1)
  })

  it('opens the line again, and again, until it answers', async () => {
    const { ready, raised, cleared, until, sim, opened } = rig()
    await ready()
    sim.goSilent()
    await raised('not answering')
    expect(opened).toHaveLength(1)
    await until(() => opened.length === 3)
    sim.speakAgain()
    await cleared('not answering')
    expect(opened.length).toBeLessThanOrEqual(4)
  })

  it('tells one that was put right to go on, where it waits to be told', async () => {
    const { ready, raised, cleared, print, ended, told, sim, events } = rig()
    await ready()
    sim.jamCutter()
    await raised('cutter')
    sim.clearCutter({ waitsToBeTold: true })
    await cleared('cutter')
    expect(events.filter(({ type }) => type === 'receipt-printer.failed')).toHaveLength(1)
    print('K-1')
    await ended('K-1')
    expect(told('receipt.printed')).toHaveLength(1)
  })

  it('tells one whose knife stays jammed less and less often', async () => {
    const { ready, raised, sim, pass, clock } = rig()
    await ready()
    sim.jamCutter()
    await raised('cutter')
    const since = clock.monotonic()
    await pass(ladderDelays.recoverMs * 7)
    // After 10, 20 and 40 s.
    expect(sim.recoveries().filter((at) => at >= since)).toHaveLength(3)
  })
})

describe('a presenter', () => {
  it('tells when the receipt is taken', async () => {
    const { ready, print, ended, until, told, sim, pass } = rig({ model: 'custom-vkp80' })
    await ready()
    print('K-1')
    await ended('K-1')
    await pass(3 * driverDelays.lookMs)
    expect(told('receipt.taken')).toEqual([])
    sim.takePaper()
    await until(() => told('receipt.taken').length === 1)
    await pass(3 * driverDelays.lookMs)
    expect(told('receipt.taken')).toHaveLength(1)
    expect(told('receipt.retracted')).toEqual([])
  })

  it('draws back what nobody takes', async () => {
    const { ready, print, ended, until, told, sim, clock } = rig({ model: 'custom-vkp80' })
    await ready()
    print('K-1')
    await ended('K-1')
    const presented = clock.monotonic()
    await until(() => told('receipt.retracted').length === 1)
    expect(clock.monotonic() - presented).toBeGreaterThanOrEqual(driverDelays.presentedMs)
    await until(() => sim.receipts()[0]?.where === 'retracted')
    expect(told('receipt.taken')).toEqual([])
  })

  it('draws back when it is told to', async () => {
    const { ready, print, ended, until, told, sim, send } = rig({ model: 'custom-vkp80' })
    await ready()
    print('K-1')
    await ended('K-1')
    send({ type: 'receipt.retract' })
    await until(() => sim.receipts()[0]?.where === 'retracted')
    await until(() => told('receipt.retracted').length === 1)
  })

  it('never hands the receipt of the customer before to the next one', async () => {
    const first = rig({ model: 'custom-vkp80' })
    await first.ready()
    first.print('K-1')
    await first.ended('K-1')
    // The kiosk is switched off and on with the receipt still in the mouth.
    const again = rig({ model: 'custom-vkp80', truth: first.sim.truth() })
    await again.ready()
    await again.until(() => again.sim.receipts()[0]?.where === 'retracted')
    expect(again.told('receipt.taken')).toEqual([])
  })

  it('draws back the last receipt before it prints the next', async () => {
    const { ready, print, ended, sim } = rig({ model: 'custom-vkp80' })
    await ready()
    print('K-1')
    await ended('K-1')
    print('K-2')
    await ended('K-2')
    expect(sim.receipts().map(({ where }) => where)).toEqual(['retracted', 'at exit'])
  })
})

test('the line is opened as printers are set', () => {
  expect(escposLineSettings).toEqual({
    baudRate: 115_200,
    dataBits: 8,
    stopBits: 1,
    parity: 'none',
  })
})

describe.skipIf(!pseudoTerminalsWork())('over a real serial line', () => {
  test('a receipt goes through a pseudo-terminal and comes out cut', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'printer-'))
    const terminal = await pseudoTerminal({ path: join(folder, 'line') })
    const { promise: printed, resolve } = Promise.withResolvers<string>()
    const sim = escposSimulator({
      model: 'generic-58',
      rowsPerSecond: Infinity,
      onReceipt: ({ text }) => resolve(text),
    })
    sim.attach(terminal.cable)
    const { events, send, stop } = actorOf({
      model: 'generic-58',
      clock: realClock,
      open: () => openSerialLine(terminal.path, escposLineSettings),
    })
    send({ type: 'receipt.print', jobId: 'K-1', paper: arabicSlip })
    expect((await printed).match(/picture/g)).toHaveLength(12)
    await expect.poll(() => events).toContainEqual({ type: 'receipt.printed', jobId: 'K-1' })
    expect(sim.strange()).toEqual([])
    stop()
    await terminal.close()
    await rm(folder, { recursive: true })
  })
})
