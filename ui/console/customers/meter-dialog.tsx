// Another meter: what is left in the old one is typed, and what would come with the next purchases is told before it is proposed.
import { useState } from 'preact/hooks'
import type { BindingInOffice } from '../../../domain/console/customers.ts'
import { useAnswer } from '../asking.ts'
import { DeedDialog } from '../parts/dialog.tsx'
import { Facts } from '../parts/facts.tsx'
import { Choice, Field } from '../parts/fields.tsx'
import { Answered } from '../parts/problem.tsx'
import { Status } from '../parts/status.tsx'
import { Energy } from '../parts/values.tsx'
import { words } from '../texts/words.ts'
import { Reason } from './account-dialogs.tsx'
import { serialTyped } from './cards-part.tsx'
import { hundredthsOf } from './typed.ts'

export const MeterDialog = ({ of, onClose }: { of: BindingInOffice; onClose: () => void }) => {
  const { dialogs } = words().customers
  const [remaining, setRemaining] = useState('')
  const [count, setCount] = useState('')
  const [card, setCard] = useState<'keep' | 'new'>('keep')
  return (
    <DeedDialog
      deed="customer/meter-change"
      title={dialogs.meterTitle}
      submit={dialogs.propose}
      onClose={onClose}
      asked={(read) => {
        const left = remaining === '' ? null : hundredthsOf(remaining)
        if (left === null && remaining !== '') return dialogs.notEnergy
        if (card === 'new' && serialTyped(read('newSerial')) === null) return dialogs.notSerial
        return {
          binding: of.binding,
          newMeter: read('newMeter'),
          remaining: left,
          count: countTyped(count),
          newSerial: card === 'new' ? read('newSerial') : null,
          reason: read('reason'),
        }
      }}
    >
      <Field
        name="newMeter"
        label={dialogs.newMeter}
        hint={dialogs.newMeterHint}
        inputMode="numeric"
        autoComplete="off"
        required
        autoFocus
        ltr
      />
      <Field
        name="remaining"
        label={dialogs.remaining}
        hint={dialogs.remainingHint}
        inputMode="decimal"
        required={false}
        onInput={setRemaining}
        ltr
      />
      <Field
        name="count"
        label={dialogs.count}
        hint={dialogs.countHint}
        inputMode="numeric"
        required={false}
        onInput={setCount}
        ltr
      />
      <LeftOver
        binding={of.binding}
        remaining={hundredthsOf(remaining)}
        count={countTyped(count)}
      />
      <Choice
        name="card"
        label={dialogs.card}
        as="buttons"
        value={card}
        onChoose={(value) => setCard(value === 'new' ? 'new' : 'keep')}
        options={[
          { value: 'keep', label: dialogs.keepCard },
          { value: 'new', label: dialogs.newCard },
        ]}
      />
      {card === 'new' && (
        <Field
          name="newSerial"
          label={dialogs.newSerial}
          hint={dialogs.newSerialHint}
          autoComplete="off"
          required
          ltr
        />
      )}
      <Reason />
    </DeedDialog>
  )
}

const countTyped = (text: string): number | null =>
  /^\d{1,9}$/.test(text.trim()) ? Number(text) : null

const LeftOver = ({
  binding,
  remaining,
  count,
}: {
  binding: string
  remaining: number | null
  count: number | null
}) => {
  const { dialogs } = words().customers
  const answer = useAnswer('customer/meter-preview', {
    binding,
    ...(remaining === null ? {} : { remaining }),
    ...(count === null ? {} : { count }),
  })
  return (
    <Answered answer={answer} lines={3}>
      {(told) => (
        <section class="sum" aria-label={dialogs.sum}>
          <h3>{dialogs.sum}</h3>
          {told.countNeeded && <Status mark="attention" word={dialogs.countNeeded} />}
          <Facts
            of={[
              {
                label: `${dialogs.left}, ${dialogs.from[told.from]}`,
                value: <Energy of={told.remaining} />,
              },
              { label: dialogs.unread, value: <Energy of={told.unread} /> },
              { label: dialogs.makeUp, value: <Energy of={told.makeUp} /> },
            ]}
          />
        </section>
      )}
    </Answered>
  )
}
