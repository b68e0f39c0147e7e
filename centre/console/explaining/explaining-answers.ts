// The routes of "Explain this sale", each with its right; who asked what stands in the audit trail.
import {
  FindAsked,
  PayAsked,
  RedeemAsked,
  ReturnAsked,
  SaleAsked,
  type ExplainingDeeds,
  type ExplainingQuestions,
} from '../../../domain/console/explaining.ts'
import { mayStaff } from '../../../domain/console/staff.ts'
import { deed, question, refusedAs, told, type AnswersTo, type DoingOf } from '../asking.ts'
import { explainSale } from './explaining.ts'
import { findSales } from './finding.ts'
import { proposeClaim, proposeReturn } from './proposals-of-sale.ts'

export const explainingQuestions: AnswersTo<ExplainingQuestions> = {
  'explain/find': question({
    may: 'explain sales',
    asked: FindAsked,
    about: ({ text }) => `search ${text}`,
    tell: async ({ read, now }, { text }) => told(await findSales(read, text, now)),
  }),
  'explain/sale': question({
    may: 'explain sales',
    asked: SaleAsked,
    about: ({ sale }) => `sale ${sale}`,
    tell: async ({ read, now, member }, { sale }) => {
      const seesCustomers = mayStaff(member.role, 'see customers')
      const explained = await explainSale(read, sale, { now, seesCustomers })
      return explained === null ? refusedAs(404, 'no such sale') : told(explained)
    },
  }),
}

export const explainingDeeds: DoingOf<ExplainingDeeds> = {
  'explain/return-order': deed({
    may: 'propose money moves',
    asked: ReturnAsked,
    about: ({ sale }) => `sale ${sale}`,
    carryOut: (doing, asked) => proposeReturn(doing, asked),
  }),
  'explain/pay-claim': deed({
    may: 'propose money moves',
    asked: PayAsked,
    about: ({ sale }) => `sale ${sale}`,
    carryOut: (doing, asked) => proposeClaim(doing, { ...asked, customer: null }),
  }),
  'explain/redeem-claim': deed({
    may: 'propose money moves',
    asked: RedeemAsked,
    about: ({ sale, customer }) => `sale ${sale}, account ${customer}`,
    carryOut: (doing, asked) => proposeClaim(doing, asked),
  }),
}
