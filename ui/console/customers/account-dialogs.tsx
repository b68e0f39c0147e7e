// What is done with an account: frozen, blocked, given credit, booked by hand; each with a reason, some with a second person.
import type { CustomerInOffice } from '../../../domain/console/customers.ts'
import { never } from '../../../domain/never.ts'
import { DeedDialog } from '../parts/dialog.tsx'
import { Field } from '../parts/fields.tsx'
import { words } from '../texts/words.ts'
import { hundredthsOf, typedOf } from './typed.ts'

export type AccountAct = 'freeze' | 'unfreeze' | 'block' | 'unblock' | 'overdraft' | 'adjust'

/** Every change by hand has one. */
export const Reason = () => {
  const { reason, reasonHint } = words().customers
  return (
    <Field
      name="reason"
      label={reason}
      hint={reasonHint}
      type="textarea"
      minLength={3}
      maxLength={400}
      required
    />
  )
}

type Props = { of: CustomerInOffice; onClose: () => void }

export const AccountDialog = ({ act, ...props }: Props & { act: AccountAct }) => {
  switch (act) {
    case 'freeze':
    case 'unfreeze':
      return <Freezing {...props} frozen={act === 'freeze'} />
    case 'block':
    case 'unblock':
      return <Blocking {...props} blocked={act === 'block'} />
    case 'overdraft':
      return <Overdraft {...props} />
    case 'adjust':
      return <Adjusting {...props} />
    default:
      return never(act)
  }
}

const Freezing = ({ of: { customer }, frozen, onClose }: Props & { frozen: boolean }) => {
  const { dialogs, account } = words().customers
  return (
    <DeedDialog
      deed="customer/freeze"
      title={frozen ? dialogs.freezeTitle : dialogs.unfreezeTitle}
      submit={frozen ? account.freeze : account.unfreeze}
      danger={frozen}
      asked={(read) => ({ customer, frozen, reason: read('reason') })}
      onClose={onClose}
    >
      <p>{frozen ? dialogs.freezeTold : dialogs.unfreezeTold}</p>
      <Reason />
    </DeedDialog>
  )
}

const Blocking = ({ of: { customer }, blocked, onClose }: Props & { blocked: boolean }) => {
  const { dialogs, account } = words().customers
  return (
    <DeedDialog
      deed="customer/block"
      title={blocked ? dialogs.blockTitle : dialogs.unblockTitle}
      submit={blocked ? account.block : account.unblock}
      danger={blocked}
      asked={(read) => ({ customer, blocked, reason: read('reason') })}
      onClose={onClose}
    >
      <p>{blocked ? dialogs.blockTold : dialogs.unblockTold}</p>
      <Reason />
    </DeedDialog>
  )
}

const Overdraft = ({ of: { customer, overdraft }, onClose }: Props) => {
  const { dialogs } = words().customers
  return (
    <DeedDialog
      deed="customer/overdraft"
      title={dialogs.overdraftTitle}
      submit={dialogs.save}
      asked={(read) => {
        const wanted = hundredthsOf(read('overdraft'))
        return wanted === null
          ? dialogs.notMoney
          : { customer, overdraft: wanted, reason: read('reason') }
      }}
      onClose={onClose}
    >
      <Field
        name="overdraft"
        label={dialogs.overdraftLabel}
        hint={dialogs.overdraftHint}
        value={typedOf(overdraft)}
        inputMode="decimal"
        required
        autoFocus
        ltr
      />
      <Reason />
    </DeedDialog>
  )
}

const Adjusting = ({ of: { customer }, onClose }: Props) => {
  const { dialogs } = words().customers
  return (
    <DeedDialog
      deed="customer/adjust"
      title={dialogs.adjustTitle}
      submit={dialogs.propose}
      asked={(read) => {
        const amount = hundredthsOf(read('amount'), { signed: true })
        return amount === null || amount === 0
          ? dialogs.notMoney
          : { customer, amount, document: read('document'), reason: read('reason') }
      }}
      onClose={onClose}
    >
      <Field
        name="amount"
        label={dialogs.adjustAmount}
        hint={dialogs.adjustHint}
        inputMode="text"
        required
        autoFocus
        ltr
      />
      <Field
        name="document"
        label={dialogs.document}
        hint={dialogs.documentHint}
        minLength={3}
        maxLength={80}
        required
      />
      <Reason />
    </DeedDialog>
  )
}
