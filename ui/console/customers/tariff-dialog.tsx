// Another tariff for one meter, from a day on.
import type { BindingInOffice } from '../../../domain/console/customers.ts'
import { useAnswer } from '../asking.ts'
import { DeedDialog } from '../parts/dialog.tsx'
import { Choice, Field } from '../parts/fields.tsx'
import { Answered } from '../parts/problem.tsx'
import { language } from '../texts/language.ts'
import { words } from '../texts/words.ts'
import { Reason } from './account-dialogs.tsx'

export const TariffDialog = ({
  of,
  customer,
  onClose,
}: {
  of: BindingInOffice
  customer: string
  onClose: () => void
}) => {
  const { dialogs } = words().customers
  const answer = useAnswer('tariffs', {})
  return (
    <DeedDialog
      deed="customer/tariff"
      title={dialogs.tariffTitle}
      submit={dialogs.save}
      asked={(read) => ({
        customer,
        binding: of.binding,
        tariff: read('tariff'),
        from: read('from'),
        reason: read('reason'),
      })}
      onClose={onClose}
    >
      <Answered answer={answer} lines={2}>
        {({ tariffs }) => (
          <Choice
            name="tariff"
            label={dialogs.tariffLabel}
            value={of.tariff.code}
            required
            options={tariffs.map(({ code, names }) => ({
              value: code,
              label: `${code} · ${names[language.value]}`,
            }))}
          />
        )}
      </Answered>
      <Field name="from" label={dialogs.tariffFrom} type="date" required />
      <p class="hint">{dialogs.tariffTold}</p>
      <Reason />
    </DeedDialog>
  )
}
