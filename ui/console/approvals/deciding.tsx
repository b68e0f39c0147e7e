// The last look before a proposal is approved, refused or withdrawn.
import type { Approval } from '../../../domain/console/approvals.ts'
import { askWho } from '../signing.ts'
import { DeedDialog } from '../parts/dialog.tsx'
import { Facts } from '../parts/facts.tsx'
import { Field } from '../parts/fields.tsx'
import { Money } from '../parts/values.tsx'
import { words } from '../texts/words.ts'

export type Verdict = 'approve' | 'refuse' | 'withdraw'

export const Deciding = ({
  approval,
  verdict,
  onClose,
}: {
  approval: Approval
  verdict: Verdict
  onClose: () => void
}) => {
  const said = words().approvals
  const { title, submit, told, label } = {
    approve: {
      title: said.approveTitle,
      submit: said.approve,
      told: said.approveTold,
      label: said.noteLabel,
    },
    refuse: {
      title: said.refuseTitle,
      submit: said.refuse,
      told: said.refuseTold,
      label: said.whyLabel,
    },
    withdraw: {
      title: said.withdrawTitle,
      submit: said.withdraw,
      told: said.withdrawTold,
      label: said.noteLabel,
    },
  }[verdict]
  return (
    <DeedDialog
      deed={`approvals/${verdict}`}
      title={title}
      submit={submit}
      danger={verdict !== 'approve'}
      asked={(read) =>
        verdict === 'refuse' && read('note') === ''
          ? said.whyMissing
          : { approval: approval.approval, note: read('note') }
      }
      onDone={() => void askWho()}
      onClose={onClose}
    >
      <p>
        <b>{said.kinds[approval.kind]}</b> {approval.subject}
      </p>
      <Facts
        of={[
          ...(approval.amount === null
            ? []
            : [{ label: said.moves, value: <Money of={approval.amount} /> }]),
          { label: said.reason, value: approval.reason },
        ]}
      />
      <p>{told}</p>
      <Field
        name="note"
        label={label}
        type="textarea"
        maxLength={400}
        required={verdict === 'refuse'}
      />
    </DeedDialog>
  )
}
