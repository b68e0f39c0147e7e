// Every kind of act that needs two persons, and what carries it out.
import type { Kinds } from './approvals.ts'
import {
  payClaimProposal,
  redeemClaimProposal,
  returnOrderProposal,
} from './explaining/proposals-of-sale.ts'

export const proposals: Kinds = {
  'return order': returnOrderProposal,
  'pay claim': payClaimProposal,
  'redeem claim': redeemClaimProposal,
}
