// Commands as a kiosk judges them: each that is not to be done is answered by name (F14), and none can touch money (C8).
import { createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KioskNumber, ulidOf } from '../identifiers.ts'
import {
  commandLifeMs,
  judged,
  signedCommand,
  type CommandKey,
  type Situation,
} from './commands.ts'
import type { CommandBody, CommandMessage } from './host-messages.ts'
import { Operation, operations, type OperationName } from './operations.ts'
import { packed, partsOf, textOfParts } from './packed.ts'

const kiosk = KioskNumber.parse('000000000017')
const now = 1_790_000_000_000
const id = ulidOf(now, new Uint8Array(10))

const pair = generateKeyPairSync('ed25519')
const other = generateKeyPairSync('ed25519')
const publicOf = (key: KeyObject) => createPublicKey(key).export({ format: 'jwk' }).x ?? ''
const keys: CommandKey[] = [
  { kid: 'office', publicKey: publicOf(pair.privateKey) },
  { kid: 'spare', publicKey: publicOf(other.privateKey) },
]
const signer = (privateKey = pair.privateKey, kid = 'office') => ({
  kid,
  sign: (text: string) => sign(null, Buffer.from(text), privateKey),
})
const bodyOf = (more: Partial<CommandBody> = {}): CommandBody => ({
  id,
  kiosk,
  op: 'report',
  args: {},
  nbf: now - 1_000,
  exp: now + commandLifeMs.usual,
  when: 'now',
  ...more,
})
const commandOf = (more: Partial<CommandBody> = {}) => signedCommand(bodyOf(more), signer())
const situation: Situation = {
  kiosk,
  keys,
  now,
  isClockTrusted: true,
  run: { first: 7, latest: 9 },
  isKnown: () => false,
  horizon: 0,
}
/** The answer in the words of F14. */
const answer = (command: CommandMessage, more: Partial<Situation> = {}): string => {
  const verdict = judged(command, { ...situation, ...more })
  switch (verdict.kind) {
    case 'not ours':
      return `refused ${verdict.code}`
    case 'ended':
      return [verdict.st, verdict.code].filter((each) => each !== undefined).join(' ')
    default:
      return verdict.kind
  }
}

/** An example of each, as an operator would order it. */
const examples: Record<OperationName, Operation> = {
  report: { op: 'report', args: {} },
  setInterval: { op: 'setInterval', args: { seconds: 30 } },
  outOfService: { op: 'outOfService', args: { reason: 'by the office' } },
  inService: { op: 'inService', args: {} },
  finishOnly: { op: 'finishOnly', args: {} },
  restartScreen: { op: 'restartScreen', args: {} },
  restartRuntime: { op: 'restartRuntime', args: {} },
  reboot: { op: 'reboot', args: {} },
  applyConfig: { op: 'applyConfig', args: { config: packed('{}') } },
  sendLogs: { op: 'sendLogs', args: { from: 0, until: now } },
  flightRecord: { op: 'flightRecord', args: { at: now } },
  selfTest: { op: 'selfTest', args: { device: 'receiptPrinter' } },
  resend: { op: 'resend', args: { topic: 'ev', from: 4 } },
}
const names = Object.keys(examples) as OperationName[]

describe('F14: a command is answered by name', () => {
  const soon = { op: 'inService' }
  const good = commandOf(soon)
  it.each<[string, CommandMessage, Partial<Situation>, string]>([
    ['that is good', good, {}, 'accepted'],
    ['that is late', commandOf({ ...soon, exp: now - 1 }), {}, 'expired'],
    ['that is early', commandOf({ ...soon, nbf: now + 1 }), {}, 'expired'],
    [
      'for another kiosk',
      commandOf({ ...soon, kiosk: KioskNumber.parse('000000000018') }),
      {},
      'refused kiosk',
    ],
    ['without a signature', { ...good, sig: '' }, {}, 'refused signature'],
    ['with a signature of nothing', { ...good, sig: '0'.repeat(128) }, {}, 'refused signature'],
    [
      'signed with another key than it names',
      signedCommand(bodyOf(soon), signer(other.privateKey)),
      {},
      'refused signature',
    ],
    [
      'signed with a key nobody knows',
      signedCommand(bodyOf(soon), signer(pair.privateKey, 'old')),
      {},
      'refused key',
    ],
    ['where no key is known', good, { keys: [] }, 'refused key'],
    ['that was here before', good, { isKnown: () => true }, 'known'],
    ['for an earlier run', commandOf({ ...soon, bd: 6 }), {}, 'obsolete'],
    ['for a later run', commandOf({ ...soon, bd: 10 }), {}, 'obsolete'],
    ['before there was a connection', commandOf({ ...soon, bd: 7 }), { run: null }, 'obsolete'],
    ['for an earlier connection of this run', commandOf({ ...soon, bd: 7 }), {}, 'accepted'],
    ['while the clock is not trusted', good, { isClockTrusted: false }, 'refused clock'],
    [
      'that would live for too long',
      commandOf({ ...soon, exp: now + 2 * commandLifeMs.longest }),
      {},
      'refused life',
    ],
    ['C10: of an operation nobody knows', commandOf({ op: 'update' }), {}, 'refused unknownOp'],
    [
      'C10: that names a member of every object',
      commandOf({ op: 'toString' }),
      {},
      'refused unknownOp',
    ],
    [
      'with more than it takes',
      commandOf({ ...soon, args: { amount: 5 } }),
      {},
      'refused arguments',
    ],
    ['that restarts and does not say which run', commandOf({ op: 'reboot' }), {}, 'refused boot'],
    ['that nobody can read', { ...good, body: 'no body' }, {}, 'no command'],
  ])('%s', (_, command, more, expected) => {
    expect(answer(command, more)).toBe(expected)
  })

  it('with one byte changed, whichever', () => {
    const good = commandOf(soon)
    const at = fc.nat({ max: good.body.length - 1 })
    fc.assert(
      fc.property(at, fc.integer({ min: 32, max: 126 }), (place, code) => {
        const letter = String.fromCharCode(code)
        fc.pre(good.body[place] !== letter)
        const body = good.body.slice(0, place) + letter + good.body.slice(place + 1)
        expect(answer({ ...good, body })).toMatch(/^(refused signature|no command)$/)
      }),
    )
  })

  it('report and logs are sent whatever a clock says that is not trusted (C2), and come too late for one that is', () => {
    for (const op of ['report', 'sendLogs'] as const) {
      const command = commandOf({ ...examples[op], exp: now - 1 })
      expect(answer(command, { isClockTrusted: false })).toBe('accepted')
      expect(answer(command)).toBe('expired')
    }
  })

  it('that is older than what is remembered is not taken, whatever the clock says', () => {
    const { exp } = bodyOf()
    for (const op of ['report', 'inService'] as const) {
      for (const isClockTrusted of [true, false]) {
        const of = { isClockTrusted, horizon: exp }
        expect(answer(commandOf(examples[op]), of)).toBe('forgotten')
      }
      expect(answer(commandOf(examples[op]), { horizon: exp - 1 })).toBe('accepted')
    }
  })

  it('reboot and configuration wait for an idle kiosk, whatever was asked (C6)', () => {
    for (const op of names) {
      const verdict = judged(commandOf({ ...examples[op], bd: 8 }), situation)
      if (verdict.kind !== 'accepted') expect.unreachable(op)
      expect(verdict.order.onIdle).toBe(op === 'reboot' || op === 'applyConfig')
      const waiting = judged(commandOf({ ...examples[op], bd: 8, when: 'onIdle' }), situation)
      expect(waiting).toMatchObject({ order: { onIdle: true } })
    }
  })
})

describe('C8: the table of operations', () => {
  const money =
    /amount|value|price|cash|note|sale|order|card(?!Reader)|customer|meter|tender|refund|payment|credit|count/i

  it('has an example of each, that is taken', () => {
    expect(names.toSorted()).toEqual(Object.keys(operations).toSorted())
    for (const op of names) expect(Operation.parse(examples[op])).toEqual(examples[op])
  })

  it('has no operation and no argument that names money, a card, a customer or a sale', () => {
    const described = Operation.options.map(({ shape }) => ({
      op: shape.op.value,
      args: Object.keys(shape.args.shape),
    }))
    expect(described).toHaveLength(names.length)
    for (const { op, args } of described) {
      for (const word of [op, ...args]) expect(word).not.toMatch(money)
    }
  })

  it('takes no argument that it does not name', () => {
    for (const op of names) {
      const more = { op, args: { ...examples[op].args, amount: 100 } }
      expect(Operation.safeParse(more).success).toBe(false)
    }
  })
})

describe('a text in parts', () => {
  it('is put together from them, in any order and twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 4_000 }), (text) => {
        const parts = partsOf(text) ?? []
        expect(textOfParts([...parts.toReversed(), ...parts])).toBe(text)
        expect(textOfParts(parts.slice(1))).toBeNull()
      }),
    )
  })

  it('is not sent when it is too long, and what is no text is none', () => {
    let state = 1
    const noise = Array.from({ length: 400_000 }, () => {
      state = (state * 48_271) % 2_147_483_647
      return String.fromCharCode(32 + (state % 90))
    })
    expect(partsOf(noise.join(''))).toBeNull()
    expect(textOfParts([{ part: 1, of: 1, gz: 'no gzip' }])).toBeNull()
  })
})
