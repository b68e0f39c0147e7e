// What a second person carries out on a customer's account: debt given up, credit agreed, money by hand.
import { z } from 'zod'
import { PlanAsked } from '../../../domain/console/customers.ts'
import { CustomerNumber } from '../../../domain/identifiers.ts'
import { minor } from '../../../domain/money.ts'
import { accountBalance, arrearsBalance, post } from '../../books.ts'
import { arrearsNotYetPromised } from '../../dues.ts'
import { accountAdjusted, arrearsWrittenOff } from '../../ledger.ts'
import { done, proposable } from '../approvals.ts'
import { refusedAs } from '../asking.ts'
import { money } from '../lines.ts'
import {
  customerRow,
  noCustomer,
  setOverdraft,
  setPlan,
  tooMuchGivenUp,
} from './account-changes.ts'
import { noteChange } from './customer-history.ts'

const by = { reason: z.string(), by: z.string() }

export const writeOffArrears = proposable({
  may: 'change customers',
  mayApprove: 'approve money moves',
  content: z.object({
    customer: CustomerNumber,
    writeOff: z.int().positive(),
    plan: PlanAsked.nullable(),
    ...by,
  }),
  carryOut: async (doing, { customer, writeOff, plan, reason, by: proposedBy }) => {
    const owed = await arrearsBalance(doing.work, customer)
    const free = await arrearsNotYetPromised(doing.work, customer)
    if (writeOff > free) return tooMuchGivenUp(free, owed)
    const amount = minor(writeOff)
    await post(doing.work, { ...arrearsWrittenOff({ customer, amount }), at: doing.now })
    await noteChange(doing, {
      customer,
      what: 'written off',
      before: { owed },
      after: { owed: owed - writeOff },
      why: reason,
      proposedBy,
    })
    const planned = await setPlan(doing, { customer, plan, reason, proposedBy })
    return planned.kind === 'refused' ? planned : done
  },
})

export const raiseOverdraft = proposable({
  may: 'change customers',
  mayApprove: 'approve money moves',
  content: z.object({ customer: CustomerNumber, overdraft: z.int().positive(), ...by }),
  carryOut: async (doing, { customer, overdraft, reason, by: proposedBy }) => {
    const set = await setOverdraft(doing, { customer, overdraft, reason, proposedBy })
    return set.kind === 'refused' ? set : done
  },
})

export const adjustByHand = proposable({
  may: 'change customers',
  mayApprove: 'approve money moves',
  content: z.object({
    customer: CustomerNumber,
    amount: z.int().refine((amount) => amount !== 0),
    document: z.string(),
    ...by,
  }),
  carryOut: async (doing, { customer, amount, document, reason, by: proposedBy }) => {
    const row = await customerRow(doing, customer)
    if (row === undefined) return noCustomer
    const before = await accountBalance(doing.work, customer)
    if (amount < 0 && before + amount + row.overdraft < 0) {
      return refusedAs(409, 'account has less now', { balance: money(before) })
    }
    const moved = minor(amount)
    await post(doing.work, { ...accountAdjusted({ customer, amount: moved }), at: doing.now })
    await noteChange(doing, {
      customer,
      what: 'adjusted',
      about: document,
      before: { balance: before },
      after: { balance: before + amount },
      why: reason,
      proposedBy,
    })
    return done
  },
})
