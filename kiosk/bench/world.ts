// Everything on the bench that is not a program: devices, cards, homes and wires, and what a person can do to them.
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { never } from '../../domain/never.ts'
import { pseudoTerminalsWork } from '../../drivers/cables.ts'
import type { CardInSlot } from '../../drivers/card-reader/simulated-card/simulated-card.ts'
import type { Act, Panel } from '../../ui/bench/panel.ts'
import { refused, type ActDone } from './act.ts'
import { benchBank, type BenchBank } from './bank-host.ts'
import { benchBankTerminal, type BenchBankTerminal } from './bank-terminal.ts'
import { benchCards, type BenchCards } from './cards.ts'
import { benchCardSlot, type BenchCardSlot } from './card-slot.ts'
import type { BenchPaths } from './folder.ts'
import { benchHomes, type BenchHomes } from './homes.ts'
import { benchNoteAcceptor, type BenchNoteAcceptor } from './note-acceptor.ts'
import { cardPlaces, type CardPlaces } from './places.ts'
import { benchReceiptPrinter, type BenchReceiptPrinter } from './receipt-printer.ts'
import { benchServiceSwitch, type BenchServiceSwitch } from './service-switch.ts'
import { readTown } from './town-folder.ts'
import type { Edition } from './town/town.ts'

/** 'quick' is for tests that look at what happens and not at how it moves. */
export type Pace = 'as in life' | 'quick'

export type World = {
  cards: BenchCards
  places: CardPlaces
  homes: BenchHomes
  slot: BenchCardSlot
  notes: BenchNoteAcceptor
  terminal: BenchBankTerminal
  printer: BenchReceiptPrinter
  serviceSwitch: BenchServiceSwitch
  /** Null in the authority's edition. */
  bank: BenchBank | null
  /** What this machine cannot do, a sentence each. */
  missing: string[]
}

export type WorldOptions = {
  stack: AsyncDisposableStack
  edition: Edition
  pace: Pace
  /** The card daemon is left alone, also where there is one. */
  withoutPcscd: boolean
  taps: Taps
  onChange: () => void
}

/** What somebody puts between the kiosk's lines and its devices, to see and stop what goes over them. */
export type Taps = {
  notes?: (cable: Duplex) => Duplex
  bank?: (cable: Duplex) => Duplex
  receipt?: (cable: Duplex) => Duplex
  card?: (card: CardInSlot) => CardInSlot
}

/** Sets everything up as it was left. What was begun is closed by the stack. */
export const setUpWorld = async (
  paths: BenchPaths,
  { stack, edition, pace, withoutPcscd, taps, onChange }: WorldOptions,
): Promise<World> => {
  const town = readTown(paths)
  const cards = benchCards(town.cards, paths.cardOf)
  const places = cardPlaces(paths.places)
  const homes = benchHomes({
    labels: town.homes,
    fileOf: paths.meterOf,
    keys: town.keys,
    cards,
    places,
    onChange,
  })
  const pseudoTerminals = pseudoTerminalsWork()
  const lineOf = (name: 'notes' | 'bank' | 'receipt') => ({
    path: join(paths.wires, name),
    pseudoTerminals,
    through: taps[name],
  })
  const left = places.inSlot()
  const card = left === null ? undefined : cards.chip(left)
  const slot = await benchCardSlot({
    card: left === null || card === undefined ? null : { id: left, card },
    withoutPcscd,
    ...(taps.card && { through: taps.card }),
    onCard: places.putIntoSlot,
    onChange,
  })
  stack.defer(slot.close)
  const notes = await benchNoteAcceptor({
    file: paths.noteAcceptor,
    wire: lineOf('notes'),
    ...(pace === 'quick' && { delays: quickNotes }),
    onChange,
  })
  stack.defer(notes.close)
  const terminal = await benchBankTerminal({
    file: paths.bankTerminal,
    wire: lineOf('bank'),
    ...(pace === 'quick' && { delays: quickTerminal }),
    onChange,
  })
  stack.defer(terminal.close)
  const printer = await benchReceiptPrinter({
    file: paths.receiptPrinter,
    wire: lineOf('receipt'),
    ...(pace === 'quick' && { rowsPerSecond: Infinity }),
    onChange,
  })
  stack.defer(printer.close)
  const serviceSwitch = benchServiceSwitch({
    file: paths.serviceSwitch,
    path: join(paths.wires, 'key'),
    onChange,
  })
  stack.defer(serviceSwitch.close)
  const bank =
    edition === 'authority'
      ? null
      : await benchBank({ file: paths.bank, linked: town.linked, onChange })
  if (bank !== null) stack.defer(bank.close)
  const missing = slot.missing === null ? [] : [slot.missing]
  if (!pseudoTerminals) missing.push(withoutSocat)
  if (serviceSwitch.port === null) missing.push(withoutMkfifo)
  return { cards, places, homes, slot, notes, terminal, printer, serviceSwitch, bank, missing }
}

/** In milliseconds; still long enough for a poll to see a note on its way. */
const quickNotes = {
  reading: 250,
  stacking: 250,
  depositing: 250,
  returning: 250,
  initialising: 500,
}

/** Still long enough for every step to be told. */
const quickTerminal = { booting: 300, pin: 200, host: 200, removal: 200, askAgain: 200 }

const withoutSocat =
  'There is no socat here: serial lines are ports of loopback instead of pseudo-terminals.'

const withoutMkfifo = 'There is no mkfifo here: the kiosk has no maintenance key.'

/** The acts on devices, cards and homes; the others are the programs' and lines'. */
export type WorldAct = Exclude<Act, { type: 'kiosk.kill' | 'centre.away' | 'front.kill' }>

export const actIn = async (world: World, act: WorldAct): Promise<ActDone> => {
  const { cards, places, homes, slot, notes, terminal, printer, serviceSwitch, bank } = world
  switch (act.type) {
    case 'card.insert': {
      const chip = cards.chip(act.card)
      if (chip === undefined) return refused('There is no such card.')
      if (places.whereIs(act.card) === 'meter') return refused('That card is in a meter.')
      return slot.insert(act.card, chip)
    }
    case 'card.take':
      return slot.take()
    case 'card.pull-after':
      return slot.pullAfter(act.commands)
    case 'reader.unplug':
      return slot.setReaderPresent(!act.on)
    case 'note.insert':
      return notes.insert(act.value)
    case 'note.insert-bad':
      return notes.insertBad()
    case 'notes.fault':
      return notes.setFault(act.fault, act.on)
    case 'notes.empty-box':
      return notes.emptyBox()
    case 'notes.power-cycle':
      return notes.powerCycle()
    case 'bank-card.present':
      return terminal.present(act.card, act.how)
    case 'bank-card.take':
      return terminal.takeCard()
    case 'terminal.pin':
      return terminal.typePin(act.pin)
    case 'terminal.stop':
      return terminal.stop()
    case 'terminal.fault':
      return terminal.setFault(act.fault, act.on)
    case 'terminal.power-cycle':
      return terminal.powerCycle()
    case 'bank.down':
      return bank?.setUp(!act.on) ?? refused('There is no bank in this edition.')
    case 'printer.fault':
      return printer.setFault(act.fault, act.on)
    case 'receipt.tear-off':
      return printer.tearOff(act.receipt)
    case 'service-key.turn':
      return serviceSwitch.turnKey(act.on)
    case 'door.open':
      return serviceSwitch.setOpen(act.which, act.on)
    case 'service-switch.unplug':
      return serviceSwitch.setPlugged(!act.on)
    case 'meter.insert':
      return homes.insert(act.card, act.meter)
    case 'meter.take':
      return homes.take(act.meter)
    case 'meter.use':
      return homes.use(act.meter, act.energy)
    default:
      return never(act)
  }
}

export const panelOf = ({
  cards,
  places,
  homes,
  slot,
  notes,
  terminal,
  printer,
  serviceSwitch,
  missing,
}: World): Omit<
  Panel,
  'kioskUrl' | 'consoleUrl' | 'currency' | 'programs' | 'centreAway' | 'bank'
> => ({
  cards: cards.labels.map((label) => ({ ...label, where: places.whereIs(label.id) })),
  slot: slot.panel(),
  notes: notes.panel(),
  terminal: terminal.panel(),
  printer: printer.panel(),
  serviceSwitch: serviceSwitch.panel(),
  meters: homes.panel(),
  missing,
})
