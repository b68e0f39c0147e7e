// The area of the customers: what is asked of them and done for them, each with the right it needs.
import {
  Adjustment,
  BlockChange,
  CustomersAsked,
  ExportAsked,
  FreezeChange,
  HistoryAsked,
  ImportAsked,
  ImportProposed,
  OverdraftChange,
  PlanChange,
  PurchasesAsked,
  StatementAsked,
  TariffAssignment,
  type CustomerDeeds,
  type CustomerQuestions,
} from '../../../domain/console/customers.ts'
import {
  CardBlock,
  CardReplacement,
  MeterChange,
  MeterChangeAsked,
} from '../../../domain/console/customer-cards.ts'
import { z } from 'zod'
import { CustomerNumber } from '../../../domain/identifiers.ts'
import { deed, question, told, type AnswersTo, type DoingOf } from '../asking.ts'
import {
  adjustAccount,
  assignTariff,
  changeBlocked,
  changeFrozen,
  changeOverdraft,
  changePlan,
} from './account-changes.ts'
import { blockCard, proposeReplacement } from './card-changes.ts'
import { readChanges } from './customer-history.ts'
import { customerInOffice } from './customer-in-office.ts'
import { checkFile, proposeFile } from './files-in.ts'
import { filePiece } from './files-out.ts'
import { findCustomers } from './finding-customers.ts'
import { previewMeterChange, proposeMeterChange } from './meter-change.ts'
import { purchasesOf } from './purchases.ts'
import { statementFile, statementOf } from './statement.ts'

const aboutCustomer = ({ customer }: { customer: string }): string => `customer ${customer}`

export const customerQuestions: AnswersTo<CustomerQuestions> = {
  customers: question({
    may: 'see customers',
    asked: CustomersAsked,
    about: ({ find, only }) => `customers ${[find, only].filter(Boolean).join(', ')}`.trim(),
    tell: async ({ read }, asked) => told(await findCustomers(read, asked)),
  }),
  customer: question({
    may: 'see customers',
    asked: z.object({ customer: CustomerNumber }),
    about: aboutCustomer,
    tell: (looking, { customer }) => customerInOffice(looking, customer),
  }),
  'customer/statement': question({
    may: 'see customers',
    asked: StatementAsked,
    about: aboutCustomer,
    tell: statementOf,
  }),
  'customer/statement-file': question({
    may: 'export',
    asked: StatementAsked,
    about: aboutCustomer,
    tell: statementFile,
  }),
  'customer/purchases': question({
    may: 'see customers',
    asked: PurchasesAsked,
    about: aboutCustomer,
    tell: async ({ read }, asked) => told(await purchasesOf(read, asked)),
  }),
  'customer/history': question({
    may: 'see customers',
    asked: HistoryAsked,
    about: aboutCustomer,
    tell: async ({ read }, asked) => told(await readChanges(read, asked)),
  }),
  'customer/meter-preview': question({
    may: 'change cards',
    asked: MeterChangeAsked,
    about: ({ binding }) => `meter ${binding}`,
    tell: previewMeterChange,
  }),
  'customers/file': question({
    may: 'export',
    asked: ExportAsked,
    about: ({ what }) => `file of all ${what}`,
    tell: async ({ read }, asked) => told(await filePiece(read, asked)),
  }),
}

export const customerDeeds: DoingOf<CustomerDeeds> = {
  'customer/plan': deed({
    may: 'change customers',
    asked: PlanChange,
    about: aboutCustomer,
    carryOut: changePlan,
  }),
  'customer/overdraft': deed({
    may: 'change customers',
    asked: OverdraftChange,
    about: aboutCustomer,
    carryOut: changeOverdraft,
  }),
  'customer/freeze': deed({
    may: 'change customers',
    asked: FreezeChange,
    about: aboutCustomer,
    carryOut: changeFrozen,
  }),
  'customer/block': deed({
    may: 'change customers',
    asked: BlockChange,
    about: aboutCustomer,
    carryOut: changeBlocked,
  }),
  'customer/adjust': deed({
    may: 'change customers',
    asked: Adjustment,
    about: aboutCustomer,
    carryOut: adjustAccount,
  }),
  'customer/tariff': deed({
    may: 'change customers',
    asked: TariffAssignment,
    about: aboutCustomer,
    carryOut: assignTariff,
  }),
  'customer/card-block': deed({
    may: 'change cards',
    asked: CardBlock,
    about: ({ serial }) => `card ${serial}`,
    carryOut: blockCard,
  }),
  'customer/card-replace': deed({
    may: 'change cards',
    asked: CardReplacement,
    about: ({ serial }) => `card ${serial}`,
    carryOut: proposeReplacement,
  }),
  'customer/meter-change': deed({
    may: 'change cards',
    asked: MeterChange,
    about: ({ binding }) => `meter ${binding}`,
    carryOut: proposeMeterChange,
  }),
  'customers/check-file': deed({
    may: 'change customers',
    asked: ImportAsked,
    about: () => 'a file, looked at',
    carryOut: async (doing, asked) => told(await checkFile(doing, asked)),
  }),
  'customers/take-file': deed({
    may: 'change customers',
    asked: ImportProposed,
    about: ({ name }) => `file ${name}`,
    carryOut: proposeFile,
  }),
}
