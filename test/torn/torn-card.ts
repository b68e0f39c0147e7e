// One sale at the centre whose card is torn at one point of the script, or of its undo; then another kiosk, and the meter.
import type { OrderSummary } from '../../domain/order.ts'
import { fromHex } from '../../domain/power-card/bytes.ts'
import {
  simulatedCard,
  type SimulatedCard,
} from '../../drivers/card-reader/simulated-card/simulated-card.ts'
import type { CardState } from '../../drivers/card-reader/simulated-card/state.ts'
import { tearsOf, type Tear } from '../../drivers/card-reader/simulated-card/tearing.ts'
import { accountBalance } from '../../centre/books.ts'
import { centreKit, type CentreKit, type Inserted, type KioskOfKit } from '../centre-kit.ts'

export type Protocol = CardState['protocol']
/** What is torn: the script that writes a purchase, or the two commands that take it back. */
export type Script = 'sale' | 'undo'
/** What the customer wants at the other kiosk, where there is a choice. */
export type Wish = 'finish' | 'return'

export type Bench = Awaited<ReturnType<typeof tornBench>>

const seller = '000000000101'
const healer = '000000000102'
const tender = 10_000

/** A centre, one card of the town in this protocol, and its meter. */
export const tornBench = async (of: { id: string; protocol: Protocol }) => {
  const kit = await centreKit()
  const state = kit.town.cards.find(({ id }) => id === of.id)?.state
  if (state === undefined || !('files' in state)) throw new Error(`${of.id} is no power card`)
  const card = simulatedCard({
    state: { ...state, protocol: of.protocol },
    random: kit.random,
  })
  const meter = kit.meterOf(of.id)
  const { customer } = await kit
    .store()
    .read.selectFrom('bindings')
    .innerJoin('cards', 'cards.binding', 'bindings.binding')
    .select('bindings.customer')
    .where('serial', '=', state.serial)
    .executeTakeFirstOrThrow()
  return {
    kit,
    card,
    meter,
    balance: () => accountBalance(kit.store().read, customer),
    close: () => kit.close(),
  }
}

/** A sale up to the commands that are to be torn; for an undo, the load is proven before. */
const upToScript = async (bench: Bench, script: Script) => {
  const { kit, card } = bench
  const kiosk = kit.kiosk(seller)
  const inserted = await kiosk.insert(card)
  if (inserted.verdict.kind !== 'can sell') throw new Error(`no sale: ${inserted.verdict.kind}`)
  const made = await kiosk.order(inserted, { tender, notes: [tender] })
  if (made.reply.kind === 'refused') throw new Error(`no order: ${made.reply.why}`)
  const { order } = made.reply
  const released = await kiosk.script(inserted, order)
  if (released.kind === 'refused') throw new Error(`no script: ${released.why}`)
  const sale = { kiosk, inserted, order, made }
  if (script === 'sale') return { ...sale, commands: released.commands }
  kiosk.run(card, released.commands)
  await kiosk.proof(card, { order, nonce: released.settleNonce })
  const { saleId, orderNumber } = order
  const { insertionId } = inserted
  const undone = await kiosk.ask('undo', { saleId, orderNumber, insertionId })
  if (undone.kind === 'refused') throw new Error(`no undo: ${undone.why}`)
  return { ...sale, commands: undone.commands }
}

/** The commands of the script of this card, as hex. */
export const scriptOf = async (
  of: { id: string; protocol: Protocol },
  script: Script,
): Promise<readonly string[]> => {
  const bench = await tornBench(of)
  try {
    return (await upToScript(bench, script)).commands
  } finally {
    await bench.close()
  }
}

/** Every point of every command at which the card can be torn. */
export const pointsOf = async (
  of: { id: string; protocol: Protocol },
  script: Script,
): Promise<{ command: number; tear: Tear }[]> =>
  (await scriptOf(of, script)).flatMap((hex, command) =>
    tearsOf(fromHex(hex)).map((tear) => ({ command, tear })),
  )

export type Case = { script: Script; command: number; tear: Tear; wish: Wish }

/** Everything that is not as it must be after this tear, a sentence each. `torn`: the point was reached. */
export const tornSale = async (
  bench: Bench,
  { script, command, tear, wish }: Case,
): Promise<{ torn: boolean; flaws: string[] }> => {
  const { kit, card, meter } = bench
  const before = { balance: await bench.balance(), credited: meter.state().totalCredited }
  const { kiosk, inserted, order, made, commands } = await upToScript(bench, script)
  for (const [at, hex] of commands.entries()) {
    card.tear(at === command ? tear : null)
    if (kiosk.run(card, [hex]) === 0) break
  }
  const torn = !card.powered()
  card.tear(null)
  card.powerDown()
  const { insertionId } = inserted
  await kiosk.ask('closing', { saleId: made.saleId, insertionId, notes: made.notes })

  await healAt(kit.kiosk(healer), { card, order, wish, kit })
  meter.insert(card)
  const credited = meter.state().totalCredited - before.credited
  const returned = (await bench.balance()) - before.balance
  const flaws = flawsOf({ order, credited, returned, residue: made.quote.residue })
  // The news of the meter comes to the centre, and the card is as good as new.
  const again = await kit.kiosk(seller).insert(card)
  card.powerDown()
  if (again.verdict.kind !== 'can sell') flaws.push(`afterwards the card is ${again.verdict.kind}`)
  meter.use(credited)
  return { torn, flaws }
}

/** The card at another kiosk: what is open is finished or returned; the purchase may as well be on the card, or gone. */
const healAt = async (
  kiosk: KioskOfKit,
  of: { card: SimulatedCard; order: OrderSummary; wish: Wish; kit: CentreKit },
): Promise<void> => {
  const { card, wish, kit } = of
  const inserted: Inserted = await kiosk.insert(card)
  const { verdict } = inserted
  if (verdict.kind === 'open order') {
    const open = { ...verdict.order, saleId: kit.ids.sale() }
    await (wish === 'finish' ? finish(kiosk, inserted, open) : giveBack(kiosk, open))
  }
  card.powerDown()
}

const finish = async (kiosk: KioskOfKit, inserted: Inserted, order: OrderSummary) => {
  const released = await kiosk.script(inserted, order)
  if (released.kind === 'refused') throw new Error(`not finished: ${released.why}`)
  kiosk.run(inserted.card, released.commands)
  await kiosk.proof(inserted.card, { order, nonce: released.settleNonce })
}

const giveBack = async (kiosk: KioskOfKit, { saleId, orderNumber }: OrderSummary) => {
  const reply = await kiosk.ask('return', { saleId, orderNumber })
  if (reply.kind === 'refused') throw new Error(`not returned: ${reply.state}`)
}

/** P3: the energy is in the meter, or the money in the account, and never both or neither. */
const flawsOf = (of: {
  order: OrderSummary
  credited: number
  returned: number
  residue: number
}): string[] => {
  const { order, credited, returned, residue } = of
  const got = credited === order.energy && returned === residue
  const hasBack = credited === 0 && returned === order.tender
  return got || hasBack
    ? []
    : [`the meter got ${credited} of ${order.energy}, the account ${returned} of ${order.tender}`]
}
