// Every kind of act that needs two persons, and what carries it out.
import type { Kinds } from './approvals.ts'
import { adjustByHand, raiseOverdraft, writeOffArrears } from './customers/account-proposals.ts'
import { replaceCard } from './customers/card-changes.ts'
import { takeFile } from './customers/files-in.ts'
import { changeMeter } from './customers/meter-change.ts'
import {
  payClaimProposal,
  redeemClaimProposal,
  returnOrderProposal,
} from './explaining/proposals-of-sale.ts'
import { takeTariff } from './tariffs/tariff-drafts.ts'

export const proposals: Required<Kinds> = {
  'return order': returnOrderProposal,
  'pay claim': payClaimProposal,
  'redeem claim': redeemClaimProposal,
  'adjust account': adjustByHand,
  'write off arrears': writeOffArrears,
  'raise overdraft': raiseOverdraft,
  'replace card': replaceCard,
  'change meter': changeMeter,
  'take tariff': takeTariff,
  'take file': takeFile,
}
