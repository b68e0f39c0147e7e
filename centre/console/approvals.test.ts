import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { consoleKit, somebody, type ConsoleKit } from '../../test/console-kit.ts'
import type { StaffRole } from '../../domain/console/staff.ts'
import { minor } from '../../domain/money.ts'
import {
  approve,
  done,
  listApprovals,
  propose,
  proposable,
  refuse,
  withdraw,
  type Kinds,
  type Proposing,
} from './approvals.ts'
import { refusedAs, type Doing, type Told } from './asking.ts'
import { withConsole } from './console-tables.ts'
import { line, money } from './lines.ts'

let kit: ConsoleKit
let gone: boolean
beforeEach(async () => {
  kit = await consoleKit()
  gone = false
})
afterEach(() => kit.close())

const trace = 'trace of the deed'

/** Leaves a trace in the books, and then may find that things are different by now. */
const kinds: Kinds = {
  'write off arrears': proposable({
    may: 'propose money moves',
    mayApprove: 'approve money moves',
    content: z.object({ mark: z.string() }),
    carryOut: async ({ work }, { mark }) => {
      await work.insertInto('counters').values({ name: mark, value: 1 }).execute()
      return gone ? refusedAs(409, 'less is owed', { owed: money(0) }) : done
    },
  }),
}

const as = <Value>(
  role: StaffRole,
  act: (doing: Doing) => Promise<Told<Value>>,
  which = 1,
): Promise<Told<Value>> =>
  kit.store.transact((work) =>
    act({
      work,
      now: kit.clock.now,
      member: { name: somebody(role, which), fullName: 'Somebody', role },
      session: 'a session',
      config: kit.config,
      means: {
        policy: kit.config.policy,
        random: (count) => new Uint8Array(count).fill(kit.clock.now++ % 256),
      },
    }),
  )

const proposal: Proposing = {
  kind: 'write off arrears',
  subject: 'customer 000000700123',
  lines: [line('owed now', money(1200))],
  amount: minor(1200),
  reason: 'the house burnt down',
  content: { mark: trace },
}
const proposed = async (): Promise<string> => {
  const done = await as('accounts', (doing) => propose(doing, proposal))
  if (done.kind === 'refused') throw new Error(done.refusal.code)
  return done.told.approval.approval
}
const decide = (approval: string) => ({ approval, note: '' })
const traces = async () =>
  (await kit.store.read.selectFrom('counters').select('name').execute()).filter(
    ({ name }: { name: string }) => name === trace,
  ).length

describe('what needs two persons', () => {
  it('is done when a second one approves it, with the approval or not at all', async () => {
    const approval = await proposed()
    expect(await traces()).toBe(0)
    const done = await as('accounts', (doing) => approve(doing, decide(approval), kinds), 2)
    expect(done).toMatchObject({
      kind: 'told',
      told: {
        approval: { state: 'done', decidedBy: somebody('accounts', 2), note: null, refusal: null },
      },
    })
    expect(await traces()).toBe(1)
  })

  it('is never approved by whoever proposed it', async () => {
    const approval = await proposed()
    const done = await as('accounts', (doing) => approve(doing, decide(approval), kinds))
    expect(done).toMatchObject({
      kind: 'refused',
      refusal: { code: 'a second person decides' },
    })
    expect(await traces()).toBe(0)
  })

  it('is not approved by a role that may not', async () => {
    const approval = await proposed()
    expect(await as('operator', (doing) => approve(doing, decide(approval), kinds))).toMatchObject({
      kind: 'refused',
    })
    expect(
      await as('call centre', (doing) => refuse(doing, decide(approval), kinds)),
    ).toMatchObject({
      kind: 'refused',
    })
  })

  it('is done once', async () => {
    const approval = await proposed()
    await as('accounts', (doing) => approve(doing, decide(approval), kinds), 2)
    expect(
      await as('administrator', (doing) => approve(doing, decide(approval), kinds)),
    ).toMatchObject({
      kind: 'refused',
      status: 409,
      refusal: {
        code: 'decided already',
        values: { who: { name: somebody('accounts', 2) }, state: { state: 'done' } },
      },
    })
    expect(await traces()).toBe(1)
  })

  it('that cannot be done any more has failed, says why, and has changed nothing', async () => {
    const approval = await proposed()
    gone = true
    const done = await as('accounts', (doing) => approve(doing, decide(approval), kinds), 2)
    expect(done).toMatchObject({
      told: {
        approval: {
          state: 'failed',
          note: null,
          refusal: { code: 'less is owed', values: { owed: { amount: 0 } } },
        },
      },
    })
    expect(await traces()).toBe(0)
  })

  it('is not proposed twice at once', async () => {
    await proposed()
    expect(await as('accounts', (doing) => propose(doing, proposal), 2)).toMatchObject({
      kind: 'refused',
      refusal: { code: 'proposed already', values: { who: { name: somebody('accounts') } } },
    })
  })

  it('may be refused with a word, or withdrawn by whoever proposed it and nobody else', async () => {
    const first = await proposed()
    expect(await as('accounts', (doing) => withdraw(doing, decide(first), kinds), 2)).toMatchObject(
      {
        kind: 'refused',
      },
    )
    await as('accounts', (doing) => withdraw(doing, decide(first), kinds))
    const second = await proposed()
    const note = 'ask the customer first'
    expect(
      await as('administrator', (doing) => refuse(doing, { approval: second, note }, kinds)),
    ).toMatchObject({ told: { approval: { state: 'refused', note } } })
    expect(await traces()).toBe(0)
  })

  it('is shown to those who may do something about it, and offered to those who may decide', async () => {
    const approval = await proposed()
    const seenBy = async (role: StaffRole, which = 1) =>
      listApprovals(kit.store.read, {
        state: 'open',
        member: { name: somebody(role, which), fullName: 'Somebody', role },
        kinds,
      })
    expect(await seenBy('operator')).toEqual([])
    expect(await seenBy('accounts')).toMatchObject([{ approval, mayDecide: false }])
    expect(await seenBy('accounts', 2)).toMatchObject([{ approval, mayDecide: true }])
    expect(await seenBy('call centre')).toMatchObject([{ approval, mayDecide: false }])
  })

  it('stays as it was proposed, and decided as it was decided, whoever writes to the database', async () => {
    const approval = await proposed()
    const change = (values: { amount?: number; state?: 'open' | 'done' }) =>
      kit.store.transact((work) =>
        withConsole(work)
          .updateTable('approvals')
          .set(values)
          .where('approval', '=', approval)
          .execute(),
      )
    await expect(change({ amount: 1 })).rejects.toThrow('stays as it was made')
    await as('accounts', (doing) => approve(doing, decide(approval), kinds), 2)
    await expect(change({ state: 'open' })).rejects.toThrow('decided once')
  })
})
