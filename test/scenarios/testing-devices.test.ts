// The tests that a technician starts on site, on production drivers and simulated devices: what is found, and that nothing
// of it sells, stacks, writes or charges.
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  createActor,
  enqueueActions,
  fromPromise,
  sendTo,
  setup,
  type AnyStateMachine,
} from 'xstate'
import { CardSerial, KioskNumber } from '../../domain/identifiers.ts'
import type { JournalEntry } from '../../domain/journal-entry.ts'
import { minor } from '../../domain/money.ts'
import { toHex } from '../../domain/power-card/bytes.ts'
import { zvtBankTerminal } from '../../drivers/bank-terminal/zvt/driver.ts'
import { zvtSimulator } from '../../drivers/bank-terminal/zvt/simulator/simulator.ts'
import { charged, usedTerminal } from '../../drivers/bank-terminal/zvt/simulator/truth.ts'
import { memoryCable } from '../../drivers/cables.ts'
import type { CardLine } from '../../drivers/card-reader/card-reader.ts'
import { pcscCardReader } from '../../drivers/card-reader/pcsc/driver.ts'
import { simulatedPcsc } from '../../drivers/card-reader/pcsc/simulator.ts'
import { foreignCard } from '../../drivers/card-reader/simulated-card/foreign.ts'
import { newCard } from '../../drivers/card-reader/simulated-card/issuing.ts'
import {
  simulatedCard,
  type CardInSlot,
} from '../../drivers/card-reader/simulated-card/simulated-card.ts'
import { sspNoteAcceptor } from '../../drivers/note-acceptor/ssp/driver.ts'
import { factoryFixedKey } from '../../drivers/note-acceptor/ssp/encryption.ts'
import {
  sspSimulator,
  usualSerialNumber,
} from '../../drivers/note-acceptor/ssp/simulator/simulator.ts'
import type { PhysicalTruth } from '../../drivers/note-acceptor/ssp/simulator/truth.ts'
import { escposReceiptPrinter } from '../../drivers/receipt-printer/escpos/driver.ts'
import { escposSimulator } from '../../drivers/receipt-printer/escpos/simulator/simulator.ts'
import { measureCard, measuredTimes } from '../../kiosk/service/measuring-card.ts'
import { testPage } from '../../kiosk/service/test-page.ts'
import { testPapers } from '../../kiosk/service/test-paper.ts'
import { strayNotes, type LostNote } from '../../state-machines/stray-notes.ts'
import { testingBankTerminal } from '../../state-machines/testing-bank-terminal.ts'
import { testingCardReader } from '../../state-machines/testing-card-reader.ts'
import { testingNoteAcceptor } from '../../state-machines/testing-note-acceptor.ts'
import {
  testingReceiptPrinter,
  type PaperTest,
} from '../../state-machines/testing-receipt-printer.ts'
import type { TestResult } from '../../state-machines/test-result.ts'
import { cashEvidence } from '../evidence.ts'
import { manualClock, type ManualClock } from '../manual-clock.ts'
import { testIds } from '../test-ids.ts'

/** Of any device or hand. */
type Event = { type: string; [more: string]: unknown }

const simulators = (clock: ManualClock) => ({
  reader: simulatedPcsc(),
  notes: sspSimulator({ clock }),
  printer: escposSimulator({ model: 'generic-80-cn', clock, rowsPerSecond: Infinity }),
  terminal: zvtSimulator({ truth: usedTerminal(clock.now()), clock, now: clock.now }),
})

type World = ReturnType<typeof simulators>

const driversOn = ({ reader, notes, printer, terminal }: World, clock: ManualClock) => {
  const plugInto = (device: typeof notes | typeof printer | typeof terminal) => () => {
    const cable = memoryCable()
    device.attach(cable.device)
    return Promise.resolve(cable.host)
  }
  return {
    cardReader: pcscCardReader({ service: reader.service, clock }),
    noteAcceptor: sspNoteAcceptor({
      open: plugInto(notes),
      enrolledSerial: usualSerialNumber,
      fixedKey: factoryFixedKey,
      minorPerUnit: 100,
      encryption: 'required',
      clock,
    }),
    receiptPrinter: escposReceiptPrinter({
      open: plugInto(printer),
      model: 'generic-80-cn',
      clock,
    }),
    bankTerminal: zvtBankTerminal({
      open: plugInto(terminal),
      framing: 'serial',
      password: '000000',
      currency: 978,
      terminalId: '29001006',
      timeZone: 'UTC',
      vending: 'required',
      slip: 'own layout',
      sequence: false,
      clock,
      now: clock.now,
    }),
  }
}

/** A kiosk that is being looked after: its devices, the machine of stray notes, and one test. */
const visit = async (
  test: AnyStateMachine,
  {
    before = () => undefined,
    lost = [],
    ...input
  }: {
    before?: (world: World) => void
    lost?: LostNote[]
    cardIn?: boolean
    what?: PaperTest
  } = {},
) => {
  const clock = manualClock()
  const world = simulators(clock)
  const journalled: JournalEntry[] = []
  const journal = fromPromise<void, JournalEntry[]>(async ({ input }) => {
    journalled.push(...input)
  })
  const ids = testIds()
  const said = { result: null as TestResult | null, ready: new Set<string>() }
  const parent = setup({
    types: { events: {} as Event },
    actors: {
      ...driversOn(world, clock),
      strayNotes: strayNotes.provide({ actors: { journal } }),
      test: test.provide({
        actors: {
          journal,
          measureCard: fromPromise(({ input }: { input: { line: CardLine } }) =>
            measureCard(input.line, clock),
          ),
          testPapers: fromPromise(async ({ input }: { input: PaperTest }) =>
            testPapers(input, {
              kiosk: {
                number: KioskNumber.parse('440300000101'),
                place: 'Station',
                phone: '1',
              },
              timeZone: 'UTC',
              // What this printer has letters for: drawing takes real time, and this clock stands still.
              languages: ['en', 'zh'],
              at: clock.now(),
              id: 'T1',
            }),
          ),
        },
      }),
    },
    actions: {
      forward: enqueueActions(({ enqueue, event }) => {
        if (event.type.startsWith('note')) enqueue.sendTo('strayNotes', event)
        enqueue.sendTo('test', event)
      }),
      forwardToStrays: sendTo('strayNotes', ({ event }) => event),
    },
  }).createMachine({
    invoke: [
      { src: 'cardReader', systemId: 'cardReader' },
      { src: 'noteAcceptor', systemId: 'noteAcceptor' },
      { src: 'receiptPrinter', systemId: 'receiptPrinter' },
      { src: 'bankTerminal', systemId: 'bankTerminal' },
      {
        src: 'strayNotes',
        id: 'strayNotes',
        systemId: 'strayNotes',
        input: { ids, resolving: false, lastStacked: null, lost },
      },
    ],
    initial: 'starting',
    states: {
      starting: {
        on: { '*': { actions: ({ event }) => void said.ready.add(event.type) }, begin: 'testing' },
      },
      testing: {
        on: { '*': { actions: 'forward' } },
        invoke: {
          src: 'test',
          id: 'test',
          input: {
            ids,
            visitId: ids.visit(),
            values: [minor(2000), minor(5000)],
            cardIn: false,
            faults: [],
            what: 'test page',
            ...input,
          },
          onDone: {
            target: 'over',
            actions: ({ event }) => {
              said.result = event.output as TestResult
            },
          },
        },
      },
      over: { on: { 'note.*': { actions: 'forwardToStrays' } } },
    },
  })
  const actor = createActor(parent, { clock: clock.forActors })
  actor.start()
  stops.push(() => {
    actor.stop()
    world.notes.dispose()
    world.printer.dispose()
    world.terminal.dispose()
  })
  const until = async (what: string, isSo: () => boolean) => {
    for (let step = 0; step < 3_000; step += 1) {
      if (isSo()) return
      // What draws and encrypts takes real turns of the event loop.
      await new Promise(setImmediate)
      await clock.advance(50)
    }
    throw new Error(`never came to: ${what}`)
  }
  const all = ['card-reader', 'note-acceptor', 'receipt-printer', 'bank-terminal']
  await until('every device is ready', () =>
    all.every((device) => said.ready.has(`${device}.ready`)),
  )
  before(world)
  actor.send({ type: 'begin' })
  await clock.advance(0)
  const page = () => {
    const child = actor.getSnapshot().children['test']
    return child === undefined ? null : testPage(child.getSnapshot() as never)
  }
  return {
    ...world,
    clock,
    journalled,
    until,
    page,
    shows: (sentence: string) => until(sentence, () => page()?.sentence === sentence),
    press: async (event: Event) => {
      actor.send(event)
      await clock.advance(0)
    },
    result: async (): Promise<TestResult> => {
      await until('the end of the test', () => said.result !== null)
      if (said.result === null) throw new Error('there is no result')
      return said.result
    },
  }
}

// The driver loads it with the first job, which takes real time while this clock goes on.
beforeAll(async () => void (await import('../../drivers/receipt-printer/escpos/job.ts')))

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

const notesIn = (truth: PhysicalTruth): number =>
  cashEvidence(truth).reduce((sum, { count }) => sum + count, 0)

const labels = ({ rows }: TestResult): string[] => rows.map(({ label }) => label)

describe('the test of the card reader', () => {
  /** A card that remembers every command it was sent. */
  const watchedCard = () => {
    const card = simulatedCard({
      state: newCard({
        serial: CardSerial.parse('0011223344556677'),
        transportKey: new Uint8Array(16),
      }),
    })
    const heard: string[] = []
    const inHand: CardInSlot = {
      ...card,
      transmit: (bytes) => {
        heard.push(toHex(bytes))
        return card.transmit(bytes)
      },
    }
    return { card, heard, inHand }
  }

  it('asks for any card, measures it, and asks to take it out again', async () => {
    const it = await visit(testingCardReader)
    await it.shows('insert a card')
    it.reader.insert(watchedCard().inHand)
    await it.shows('take the card')
    it.reader.remove()
    const result = await it.result()
    expect(result).toMatchObject({ device: 'cardReader', passed: true })
    expect(labels(result)).toEqual(['card', 'atr', 'answer time'])
    expect(result.rows[0]?.value).toEqual({ kind: 'text', text: '0011223344556677' })
  })

  it('sends a card nothing but SELECT and what fetches its answer', async () => {
    const { card, heard, inHand } = watchedCard()
    const before = card.state()
    const it = await visit(testingCardReader)
    it.reader.insert(inHand)
    await it.shows('take the card')
    const instructions = new Set(heard.map((command) => command.slice(0, 4)))
    expect(instructions).toEqual(new Set(['00a4', '00c0']))
    expect(heard.filter((one) => one.startsWith('00a4'))).toHaveLength(measuredTimes + 1)
    expect(card.state()).toEqual(before)
  })

  it('passes with a foreign card, too: it was powered and has answered', async () => {
    const it = await visit(testingCardReader)
    it.reader.insert(foreignCard({ atr: Uint8Array.of(0x3b, 0x00) }))
    await it.shows('take the card')
    it.reader.remove()
    expect(await it.result()).toMatchObject({
      passed: true,
      rows: [{ value: { word: 'foreign card' } }],
    })
  })

  it('ends when nobody comes', async () => {
    const it = await visit(testingCardReader)
    expect(await it.result()).toMatchObject({ passed: false, why: 'nobody came' })
  })

  it('asks for the card that is in to be taken out first', async () => {
    const it = await visit(testingCardReader, { cardIn: true })
    expect(it.page()).toMatchObject({ title: 'cardReader', sentence: 'take the card', back: true })
  })
})

describe('the test of the note acceptor', () => {
  it('gives the note back, says what it was, and stacks nothing', async () => {
    const it = await visit(testingNoteAcceptor)
    await it.until('the acceptor takes notes', it.notes.takesNotes)
    expect(it.notes.insert(2000)).toBe('taken')
    await it.shows('note comes back')
    const result = await it.result()
    expect(result).toMatchObject({ device: 'noteAcceptor', passed: true })
    expect(result.rows).toContainEqual({
      label: 'note',
      value: { kind: 'money', value: 2000 },
      mark: 'well',
    })
    expect(it.journalled.map(({ type }) => type)).toEqual(['note.testing', 'note.tested'])
    expect(it.journalled[1]).toMatchObject({ end: 'returned' })
    expect(notesIn(it.notes.truth())).toBe(0)
    expect(it.notes.takesNotes()).toBe(false)
  })

  it('says why a note was refused', async () => {
    const it = await visit(testingNoteAcceptor)
    await it.until('the acceptor takes notes', it.notes.takesNotes)
    it.notes.insert(2000, { refusedFor: 2 })
    const result = await it.result()
    expect(result.why).toBe('note refused')
    expect(result.rows).toContainEqual({
      label: 'note',
      value: { kind: 'word', word: 'not recognised' },
      mark: 'wrong',
    })
    expect(it.journalled).toEqual([])
  })

  it('a note that goes into the box all the same is in the books once, and belongs to nobody', async () => {
    const it = await visit(testingNoteAcceptor)
    await it.until('the acceptor takes notes', it.notes.takesNotes)
    it.notes.insert(2000)
    await it.shows('note comes back')
    await it.press({ type: 'note.stacked', value: minor(2000) })
    expect(await it.result()).toMatchObject({ passed: false, why: 'note kept' })
    expect(it.journalled).toMatchObject([
      { type: 'note.testing' },
      { type: 'note.unexpected', saleId: null, value: 2000 },
      { type: 'note.tested', end: 'kept' },
    ])
  })

  it('a customer’s note that is found in the box meanwhile is booked once, to the sale it was given for', async () => {
    const ids = testIds()
    const lost = { saleId: ids.sale(), noteId: ids.note(), value: minor(2000) }
    const it = await visit(testingNoteAcceptor, { lost: [lost] })
    await it.until('the acceptor takes notes', it.notes.takesNotes)
    await it.press({ type: 'note.found', where: 'stacked', value: null })
    expect(await it.result()).toMatchObject({ passed: false, why: 'device fault' })
    expect(it.journalled).toEqual([{ type: 'note.stacked', ...lost }])
  })

  it('stopped with a note in it, it ends when the note is back', async () => {
    const it = await visit(testingNoteAcceptor)
    await it.until('the acceptor takes notes', it.notes.takesNotes)
    it.notes.insert(5000)
    await it.shows('note comes back')
    await it.press({ type: 'press.cancel' })
    expect(await it.result()).toMatchObject({ passed: false, why: 'stopped' })
    expect(it.journalled.at(-1)).toMatchObject({ type: 'note.tested', end: 'returned' })
  })

  it('a note after it is nobody’s again: looked after as a stray', async () => {
    const it = await visit(testingNoteAcceptor)
    await it.press({ type: 'press.cancel' })
    await it.result()
    await it.press({ type: 'note.stacked', value: minor(2000) })
    expect(it.journalled).toMatchObject([{ type: 'note.unexpected', saleId: null, value: 2000 }])
  })

  it('an acceptor that loses power with the note says what became of it', async () => {
    const it = await visit(testingNoteAcceptor)
    await it.until('the acceptor takes notes', it.notes.takesNotes)
    it.notes.insert(2000)
    await it.shows('note comes back')
    it.notes.powerCycle()
    const result = await it.result()
    const inBox = notesIn(it.notes.truth())
    const booked = it.journalled.filter(({ type }) => type === 'note.unexpected').length
    expect(booked).toBe(inBox)
    expect(result.why).not.toBe('note lost')
  })
})

describe('the test of the receipt printer', () => {
  it('prints each language and asks whether it can be read', async () => {
    const it = await visit(testingReceiptPrinter)
    await it.shows('look at the paper')
    expect(it.page()?.choices).toEqual(['seen', 'not seen'])
    const papers = it.printer.receipts()
    expect(papers).toHaveLength(2)
    expect(papers.every(({ cut }) => cut)).toBe(true)
    expect(papers[0]?.text).toContain('TEST PAGE - NOT A RECEIPT')
    await it.press({ type: 'press.choose', choice: 'seen' })
    expect(await it.result()).toMatchObject({ device: 'receiptPrinter', passed: true })
  })

  it('paper that nobody could read is a failure', async () => {
    const it = await visit(testingReceiptPrinter)
    await it.shows('look at the paper')
    await it.press({ type: 'press.choose', choice: 'not seen' })
    expect(await it.result()).toMatchObject({ passed: false, why: 'not seen' })
  })

  it('the knife alone cuts one piece', async () => {
    const it = await visit(testingReceiptPrinter, { what: 'cut' })
    await it.shows('look at the paper')
    expect(it.printer.receipts().map(({ cut }) => cut)).toEqual([true])
  })

  it('says what the printer lacks', async () => {
    const it = await visit(testingReceiptPrinter, {
      before: ({ printer }) => printer.runOutOfPaper({ afterRows: 10 }),
    })
    const result = await it.result()
    expect(result).toMatchObject({ passed: false, why: 'not printed' })
    expect(result.rows.at(-1)?.value).toMatchObject({ kind: 'fault', fault: 'paper out' })
  })
})

describe('the test of the bank terminal', () => {
  it('shows who it is and charges nobody', async () => {
    const it = await visit(testingBankTerminal)
    const result = await it.result()
    expect(result).toMatchObject({ device: 'bankTerminal', passed: true })
    expect(labels(result)).toEqual(['terminal id', 'version', 'vending', 'payments open'])
    expect(charged(it.terminal.truth())).toBe(0)
    expect(it.terminal.waitsForPerson()).toBe(false)
  })

  it('a pre-authorisation that is open is told', async () => {
    const it = await visit(testingBankTerminal, {
      before: ({ terminal }) => terminal.leaveOpen(7, minor(500)),
    })
    expect(await it.result()).toMatchObject({ passed: false, why: 'payments open' })
  })
})
