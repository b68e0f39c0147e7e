// The bank edition in one process: a front machine between a simulated bank, the centre with the sample town, and a terminal.
import { bench, account } from '../front/bank-line/line-tests/bench.ts'
import type { BankLine } from '../front/bank-line/bank-line.ts'
import { linkAccounts } from '../front/accounts.ts'
import { openFront, type Front } from '../front/front.ts'
import type { Policy } from '../front/means.ts'
import { openStore, type Store, type StorePlace } from '../front/store.ts'
import type { CentreMessages, MessageName } from '../domain/centre-messages.ts'
import { centreMessages } from '../domain/centre-messages.ts'
import {
  frontMessages,
  type FrontAnswered,
  type FrontAsked,
  type FrontMessageName,
} from '../domain/front-messages.ts'
import { CardSerial, KioskNumber, type PaymentId, type RequestId } from '../domain/identifiers.ts'
import { centreKit, type CentreKit, type Inserted } from './centre-kit.ts'
import { openMade } from './made-store.ts'

export type FrontKit = Awaited<ReturnType<typeof frontKit>>

/** What a line does to the next request of a name. */
export type LineFault = 'request lost' | 'answer lost'

const merchant = 'WATTPOINT'
export const kioskNumber = KioskNumber.parse('000000000101')
export const otherKiosk = KioskNumber.parse('000000000102')

export const policy: Policy = {
  merchant,
  currency: 'ZAR',
  refusesLateOriginals: true,
  timeZone: 'UTC',
  cutOver: '23:00',
  terminal: 'FRONT',
  terminals: new Map([
    [kioskNumber, { kiosk: kioskNumber, terminal: 'KIOSK-1', channel: 'kiosk' }],
    [otherKiosk, { kiosk: otherKiosk, terminal: 'COUNTER-1', channel: 'counter' }],
  ]),
}

export const pin = { block: '0123456789abcdef', keySerial: 'ffff9876543210e00001' }

/** Turns of the event loop in which everything that can go on without time goes on. */
const turns = 30

export const frontKit = async (
  options: {
    place?: StorePlace
    policy?: Partial<Policy>
    centre?: CentreKit
    filesFolder?: string
    /** Stands between the front machine and its line. */
    line?: (line: BankLine) => BankLine
  } = {},
) => {
  const { place = { kind: 'memory' }, line = (it: BankLine) => it } = options
  let wire = bench()
  let front: Front
  let store: Store
  const centre =
    options.centre ??
    (await centreKit({
      now: wire.clock.now(),
      line: () => (name, body) => atFront(name, body),
    }))
  let away = false
  const faults: [MessageName, LineFault][] = []
  const terminalFaults: [MessageName | FrontMessageName, LineFault][] = []
  const passed: MessageName[] = []

  const atCentre: typeof fetch = async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input)
    const name = namesOfCentre.find((each) => centreMessages[each].path === pathname)
    if (name === undefined) return new Response('{}', { status: 404 })
    if (away) throw failed('connect', 'ECONNREFUSED')
    const fault = taken(faults, name)
    if (fault === 'request lost') throw failed('read', 'ECONNRESET')
    passed.push(name)
    const body: unknown = JSON.parse(typeof init?.body === 'string' ? init.body : '')
    const { status, text } = await centre.centre().handle(name, body)
    if (fault === 'answer lost') throw failed('read', 'ECONNRESET')
    return new Response(text, { status })
  }

  /** The line between terminal and front machine. */
  const atFront: Front['handle'] = async (name, body) => {
    const fault = taken(terminalFaults, name)
    if (fault === 'request lost') throw failed('read', 'ECONNRESET')
    const answer = await front.handle(name, body)
    if (fault === 'answer lost') throw failed('read', 'ECONNRESET')
    return answer
  }

  const alarms: string[] = []
  const begin = async (): Promise<void> => {
    store = await openMade(openStore, place)
    await linkAccounts(
      store,
      (centre.town.import.cards ?? []).map(({ serial }) => ({
        serial: CardSerial.parse(serial),
        account,
      })),
    )
    front = await openFront({
      store,
      line: line(wire.line),
      clock: wire.clock,
      policy: { ...policy, ...options.policy },
      alarm: (what) => alarms.push(what),
      centre: { url: 'http://centre.test', fetch: atCentre },
      filesFolder: options.filesFolder ?? 'never written',
    })
  }
  await begin()

  /** Time moves on only when nothing else can. */
  const ended = async <Value>(promise: Promise<Value>): Promise<Value> => {
    const over = { so: false }
    const mark = () => {
      over.so = true
    }
    promise.then(mark, mark)
    for (let tries = 0; ; tries++) {
      for (let turn = 0; turn < turns && !over.so; turn++) await wire.clock.advance(0)
      if (over.so) return promise
      if (tries > 2_000 || !(await wire.clock.advanceToNext())) throw new Error('waits for ever')
    }
  }

  const ask = async <Name extends FrontMessageName>(
    name: Name,
    asked: FrontAsked<Name>,
    of: { requestId?: RequestId; kiosk?: KioskNumber } = {},
  ): Promise<FrontAnswered<Name>> => {
    const { requestId = centre.ids.request(), kiosk = kioskNumber } = of
    const { status, text } = await ended(atFront(name, { requestId, kiosk, ...asked }))
    if (status !== 200)
      throw new Error(`the front machine answered ${name} with ${status}: ${text}`)
    return frontMessages[name].reply.parse(JSON.parse(text)) as FrontAnswered<Name>
  }

  return {
    ...terminalOf({ centre, ended, ask }),
    wire: () => wire,
    bank: () => wire.bank,
    clock: () => wire.clock,
    centre,
    alarms,
    /** Names of what reached the centre, in order. */
    passed,
    front: () => front,
    store: () => store,
    ask,
    ended,
    /** Also after the bank has cut the line, which the other end hears of a moment later. */
    signedOn: async () => {
      for (let turn = 0; turn < turns; turn++) await wire.clock.advance(0)
      await ended(untilSignedOn(wire.line))
    },
    /** As after a kill: what the program had in its hands is gone; its disk and the bank's books stay. */
    restart: async () => {
      const truth = wire.bank.truth()
      wire.bank.goDown()
      wire = bench({ bank: { truth } })
      await begin()
      await ended(untilSignedOn(wire.line))
    },
    /** The line is cut, and this end has heard of it. */
    bankGoesDown: async () => {
      wire.bank.goDown()
      for (let turn = 0; turn < turns; turn++) await wire.clock.advance(0)
    },
    goAway: (is: boolean) => {
      away = is
    },
    failAtCentre: (name: MessageName, fault: LineFault) => void faults.push([name, fault]),
    failAtTerminal: (name: MessageName | FrontMessageName, fault: LineFault) =>
      void terminalFaults.push([name, fault]),
    /** Goes on until nothing is open in the queue of the front machine. */
    settled: async () => {
      for (let tries = 0; tries < 500; tries++) {
        const open = await store.read
          .selectFrom('queue')
          .select('number')
          .where('state', '=', 'open')
          .execute()
        for (let turn = 0; turn < turns; turn++) await wire.clock.advance(0)
        if (open.length === 0) return
        await wire.clock.advanceToNext()
      }
      throw new Error('the queue never empties')
    },
    /** What bank, front machine and centre say differently of the same money; nothing when they agree. */
    disagreements: () => disagreements({ wire, store, centre }),
    close: async () => {
      await ended(wire.line.close())
      await ended(front.close())
      if (options.centre === undefined) await centre.close()
    },
  }
}

const namesOfCentre = Object.keys(centreMessages) as (keyof CentreMessages)[]

/** The first fault of this name, which is used up by it. */
const taken = <Name>(faults: [Name, LineFault][], name: Name): LineFault | undefined => {
  const at = faults.findIndex(([faulty]) => faulty === name)
  return at < 0 ? undefined : faults.splice(at, 1)[0]?.[1]
}

const untilSignedOn = async (line: BankLine): Promise<void> => {
  if (line.state() === 'signed on') return
  await new Promise<void>((resolve) => {
    line.onState((state) => {
      if (state === 'signed on') resolve()
    })
  })
}

/** As `fetch` fails: the reason is in the cause. */
const failed = (syscall: string, code: string): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { syscall, code }) })

/** What a terminal does in a sale that is paid from a linked account. */
const terminalOf = (of: {
  centre: CentreKit
  ended: <Value>(promise: Promise<Value>) => Promise<Value>
  ask: <Name extends FrontMessageName>(
    name: Name,
    asked: FrontAsked<Name>,
    more?: { requestId?: RequestId; kiosk?: KioskNumber },
  ) => Promise<FrontAnswered<Name>>
}) => {
  const { centre, ended, ask } = of
  const kiosk = centre.kiosk(kioskNumber)

  const begin = async (tender = 10_000) => {
    const inserted: Inserted = await ended(kiosk.insert(centre.cardOf('plain-sale')))
    const { insertionId } = inserted
    const saleId = centre.ids.sale()
    const quoted = await ended(
      kiosk.ask('quote', { saleId, insertionId, wish: { kind: 'money', tender } }),
    )
    if (quoted.kind === 'refused') throw new Error(`no quote: ${quoted.why}`)
    const { quoteId } = quoted.quote
    return { inserted, insertionId, saleId, quoteId, tender, paymentId: centre.ids.payment() }
  }
  type Begun = Awaited<ReturnType<typeof begin>>

  const payFor = (
    { saleId, insertionId, inserted, tender, paymentId }: Begun,
    more: { requestId?: RequestId; kiosk?: KioskNumber } = {},
  ) => {
    const { serial } = inserted
    return ask('payment', { paymentId, saleId, insertionId, serial, amount: tender, pin }, more)
  }

  type Evidence = Extract<FrontAnswered<'payment'>, { kind: 'approved' }>['evidence']
  const paymentIn = ({ paymentId, tender }: Begun, evidence: Evidence) => ({
    paymentId,
    way: 'bank account' as const,
    amount: tender,
    evidence,
  })

  const orderFor = (begun: Begun, evidence: Evidence, requestId?: RequestId) => {
    const { saleId, insertionId, quoteId } = begun
    const payment = paymentIn(begun, evidence)
    return ended(
      kiosk.ask(
        'order',
        { saleId, insertionId, quoteId, funding: { kind: 'payment', payment } },
        requestId,
      ),
    )
  }

  const close = (
    begun: Begun,
    end: 'kept' | 'reversed' | 'unknown',
    evidence: Evidence | null = null,
  ) => {
    const { saleId, insertionId, paymentId, tender } = begun
    const payment = { paymentId, way: 'bank account' as const, amount: tender, evidence, end }
    return ended(kiosk.ask('closing', { saleId, insertionId, notes: [], payments: [payment] }))
  }

  return {
    kiosk,
    begin,
    payFor,
    orderFor,
    closeSale: close,
    paymentState: (paymentId: PaymentId) => ask('paymentState', { paymentId }),
    reversal: (paymentId: PaymentId) => ask('paymentReversal', { paymentId }),
    /** Quote and payment, which must be approved. */
    approved: async (tender?: number) => {
      const begun = await begin(tender)
      const paid = await payFor(begun)
      if (paid.kind !== 'approved') throw new Error(`not approved but ${paid.kind}`)
      return { ...begun, evidence: paid.evidence }
    },
    script: (begun: Begun, order: Parameters<typeof kiosk.script>[1]) =>
      ended(kiosk.script(begun.inserted, order)),
  }
}

/** The bank is the master of money: each payment is charged there if, and only if, the others take it for charged. */
const disagreements = async (of: {
  wire: ReturnType<typeof bench>
  store: Store
  centre: CentreKit
}): Promise<string[]> => {
  const { wire, store, centre } = of
  const { transactions, accounts } = wire.bank.truth()
  const found: string[] = []
  let charged = 0
  const rows = await store.read.selectFrom('payments').selectAll().execute()
  for (const row of rows) {
    const at = Object.values(transactions).find(
      ({ terminal, stan, businessDate }) =>
        terminal === row.terminal &&
        Number(stan) === row.stan &&
        businessDate === row.business_date,
    )
    const isBooked = at?.state === 'booked'
    if (isBooked) charged += at.amount
    if (isBooked !== (row.state === 'approved')) {
      found.push(`payment ${row.payment}: bank ${at?.state ?? 'knows nothing'}, front ${row.state}`)
    }
    const inCentre = await centre
      .store()
      .read.selectFrom('payments')
      .selectAll()
      .where('payment', '=', row.payment)
      .executeTakeFirst()
    // Open: its sale has not been closed yet.
    const isTold = inCentre !== undefined && inCentre.ended !== 'open'
    if (isTold && (inCentre.ended === 'kept') !== isBooked) {
      found.push(`payment ${row.payment}: bank ${at?.state}, centre ${inCentre.ended}`)
    }
  }
  const balance = accounts[account]?.balance ?? 0
  if (balance + charged !== opening) found.push(`the account: ${balance} left, ${charged} charged`)
  return found
}

/** What is in the account of the customer at first. */
export const opening = 100_000
