// Old debt of a customer: what is owed, by which plan it is repaid, how far that has come, and how the plan is changed.
import { useState } from 'preact/hooks'
import type { CustomerInOffice, Plan } from '../../../domain/console/customers.ts'
import { planBounds } from '../../../domain/console/plan-bounds.ts'
import { DeedDialog } from '../parts/dialog.tsx'
import { Facts } from '../parts/facts.tsx'
import { Choice, Field } from '../parts/fields.tsx'
import { Section } from '../parts/page.tsx'
import { Money } from '../parts/values.tsx'
import { may } from '../signed-in.ts'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'
import { Reason } from './account-dialogs.tsx'
import { hundredthsOf, typedOf } from './typed.ts'

export const Arrears = ({ of }: { of: CustomerInOffice }) => {
  const { arrears: said } = words().customers
  const { owed, promised, repaidIn12Months, own, ofTariff } = of.arrears
  const [changing, setChanging] = useState(false)
  const plan = own ?? ofTariff
  return (
    <Section
      title={said.title}
      actions={
        may('change customers') && (owed > 0 || own !== null) ? (
          <button type="button" class="button" onClick={() => setChanging(true)}>
            {said.change}
          </button>
        ) : undefined
      }
    >
      {owed === 0 && <p>{said.none}</p>}
      {(owed > 0 || own !== null) && (
        <Facts
          of={[
            { label: said.owed, value: <Money of={owed} /> },
            ...(promised > 0 ? [{ label: said.promised, value: <Money of={promised} /> }] : []),
            { label: said.repaid, value: <Money of={repaidIn12Months} /> },
            ...(plan === null
              ? []
              : [{ label: said.plan, value: <PlanTold of={of} plan={plan} /> }]),
          ]}
        />
      )}
      {changing && <Planning of={of} onClose={() => setChanging(false)} />}
    </Section>
  )
}

const PlanTold = ({ of, plan }: { of: CustomerInOffice; plan: Plan }) => {
  const { arrears: said } = words().customers
  const { percent, money, dayOf } = format()
  const { own, owed } = of.arrears
  const left = purchasesLeft(of, plan)
  return (
    <ul>
      <li>{own === null ? said.ofTariff : said.own(dayOf(own.since))}</li>
      <li>{said.share(percent(plan.share / 10_000))}</li>
      <li>{plan.cap === null ? said.noCap : said.cap(money(plan.cap))}</li>
      {plan.leastEnergyShare > 0 && <li>{said.least(percent(plan.leastEnergyShare / 10_000))}</li>}
      {owed > 0 && left !== null && <li>{said.left(format().count(left))}</li>}
    </ul>
  )
}

/** By the mean of the last twelve months; null when there is nothing to reckon with. */
const purchasesLeft = ({ arrears, purchases }: CustomerInOffice, plan: Plan): number | null => {
  if (purchases.count === 0) return null
  const each = Math.min(
    ((purchases.tender / purchases.count) * plan.share) / 10_000,
    plan.cap ?? Infinity,
  )
  return each < 1 ? null : Math.ceil(arrears.owed / each)
}

const Planning = ({ of, onClose }: { of: CustomerInOffice; onClose: () => void }) => {
  const { dialogs, reason: _reason, ...said } = words().customers
  const { own, ofTariff, owed } = of.arrears
  const [which, setWhich] = useState<'own' | 'tariff'>(own === null ? 'tariff' : 'own')
  const begin = own ?? ofTariff
  return (
    <DeedDialog
      deed="customer/plan"
      title={dialogs.planTitle}
      submit={dialogs.planSubmit}
      onClose={onClose}
      asked={(read) => {
        const writeOff = read('writeOff') === '' ? 0 : hundredthsOf(read('writeOff'))
        const plan = which === 'tariff' ? null : planTyped(read)
        if (writeOff === null) return dialogs.notMoney
        if (plan === 'wrong') return dialogs.notShare
        return { customer: of.customer, plan, writeOff, reason: read('reason') }
      }}
    >
      <Choice
        name="which"
        label={said.arrears.plan}
        as="buttons"
        value={which}
        onChoose={(value) => setWhich(value === 'own' ? 'own' : 'tariff')}
        options={[
          { value: 'tariff', label: dialogs.asTariff },
          { value: 'own', label: dialogs.ownPlan },
        ]}
      />
      {which === 'own' && (
        <>
          <Field
            name="share"
            label={dialogs.share}
            hint={dialogs.shareHint}
            value={begin === null ? '' : typedOf(begin.share)}
            inputMode="decimal"
            required
            ltr
          />
          <Field
            name="cap"
            label={dialogs.cap}
            hint={dialogs.capHint}
            value={begin?.cap === null || begin === null ? '' : typedOf(begin.cap)}
            inputMode="decimal"
            required={false}
            ltr
          />
          <Field
            name="least"
            label={dialogs.least}
            hint={dialogs.leastHint}
            value={typedOf(
              Math.max(begin?.leastEnergyShare ?? 0, planBounds.leastEnergyShare.least),
            )}
            inputMode="decimal"
            required
            ltr
          />
        </>
      )}
      {owed > 0 && (
        <Field
          name="writeOff"
          label={dialogs.writeOff}
          hint={dialogs.writeOffHint}
          inputMode="decimal"
          required={false}
          ltr
        />
      )}
      <Reason />
    </DeedDialog>
  )
}

/** Percent with two places are the 1/10000 of a plan. */
const planTyped = (read: (name: string) => string): Plan | 'wrong' => {
  const share = hundredthsOf(read('share'))
  const leastEnergyShare = hundredthsOf(read('least'))
  const cap = read('cap') === '' ? null : hundredthsOf(read('cap'))
  const { share: shares, leastEnergyShare: leasts } = planBounds
  if (share === null || share < shares.least || share > shares.most) return 'wrong'
  if (
    leastEnergyShare === null ||
    leastEnergyShare < leasts.least ||
    leastEnergyShare > leasts.most
  ) {
    return 'wrong'
  }
  if (read('cap') !== '' && (cap === null || cap < planBounds.cap.least)) return 'wrong'
  return { share, cap, leastEnergyShare }
}
