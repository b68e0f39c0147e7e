// A proposal about the money of a sale: from where to where and how much, before it is made; and why.
import type { ComponentChildren } from 'preact'
import type { Explained, Option } from '../../../domain/console/explaining.ts'
import { DeedDialog, type ReadField } from '../parts/dialog.tsx'
import { Facts } from '../parts/facts.tsx'
import { Field } from '../parts/fields.tsx'
import { Money } from '../parts/values.tsx'
import { words } from '../texts/words.ts'

export type Proposable = Extract<Option, { kind: `propose ${string}` }>

type Props = { sale: Explained; option: Proposable; onClose: () => void; onDone: () => void }

export const Proposing = ({ sale, option, onClose, onDone }: Props) => {
  const said = words().explaining
  const common = { submit: said.proposing.submit, onClose, onDone }
  const what = { sale: sale.sale }
  const reason = (read: ReadField) => ({ ...what, reason: read('reason') })
  switch (option.kind) {
    case 'propose return':
      return (
        <DeedDialog
          {...common}
          deed="explain/return-order"
          title={said.propose.return}
          asked={reason}
        >
          <Effect
            amount={option.amount}
            from={said.proposing.inOrder}
            to={option.to === 'account' ? said.proposing.account : said.proposing.claim}
          />
          <Reason />
        </DeedDialog>
      )
    case 'propose paying claim':
      return (
        <DeedDialog {...common} deed="explain/pay-claim" title={said.propose.pay} asked={reason}>
          <Effect amount={option.amount} from={said.proposing.inClaim} to={said.proposing.cash} />
          <Reason />
        </DeedDialog>
      )
    default:
      return (
        <DeedDialog
          {...common}
          deed="explain/redeem-claim"
          title={said.propose.redeem}
          asked={(read) => ({ ...reason(read), customer: read('customer').replaceAll(/\s/g, '') })}
        >
          <Effect
            amount={option.amount}
            from={said.proposing.inClaim}
            to={said.proposing.account}
          />
          <Field
            name="customer"
            label={said.proposing.customer}
            hint={said.proposing.customerHint}
            value={sale.customer?.whole === true ? sale.customer.number : ''}
            inputMode="numeric"
            pattern="[0-9 ]{12,16}"
            required
            ltr
          />
          <Reason />
        </DeedDialog>
      )
  }
}

const Effect = ({ amount, from, to }: { amount: number; from: string; to: ComponentChildren }) => {
  const said = words().explaining.proposing
  return (
    <div class="explain-effect">
      <h3>{said.effect}</h3>
      <p class="explain-moves">
        <Money of={amount} />
      </p>
      <Facts
        of={[
          { label: said.from, value: from },
          { label: said.to, value: to },
        ]}
      />
      <p class="about">{said.secondPerson}</p>
    </div>
  )
}

const Reason = () => {
  const said = words().explaining.proposing
  return (
    <Field
      name="reason"
      type="textarea"
      label={said.reason}
      hint={said.reasonHint}
      minLength={3}
      maxLength={400}
      required
    />
  )
}
