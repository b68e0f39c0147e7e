// What is done with a finding: seen, somebody sent, decided.
import { useState } from 'preact/hooks'
import type { FieldCheck, LossRow } from '../../../domain/console/losses.ts'
import { perform } from '../asking.ts'
import { DeedDialog } from '../parts/dialog.tsx'
import { Check, Choice, Field } from '../parts/fields.tsx'
import { Problem } from '../parts/problem.tsx'
import { may } from '../signed-in.ts'
import { words } from '../texts/words.ts'
import { checkNames, reasonNames, resultNames } from './names.ts'

type Of = { row: LossRow; checks: readonly FieldCheck[]; openTask: number | null }

export const Acts = ({ row, checks, openTask }: Of) => {
  const { acts } = words().losses
  const [open, setOpen] = useState<'order' | 'judge' | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const isOver = row.state === 'innocent' || row.state === 'closed'
  if (isOver) return null
  const see = async (): Promise<void> => {
    const done = await perform('losses/seen', { finding: row.finding })
    setProblem(done.kind === 'refused' ? done.problem : null)
  }
  return (
    <>
      {row.state === 'new' && (
        <button type="button" class="button" onClick={() => void see()}>
          {acts.see}
        </button>
      )}
      {may('order field tasks') && openTask === null && (
        <button type="button" class="button main" onClick={() => setOpen('order')}>
          {acts.order}
        </button>
      )}
      {may('order field tasks') && (
        <button type="button" class="button" onClick={() => setOpen('judge')}>
          {openTask === null ? acts.judge : acts.answer}
        </button>
      )}
      {problem !== null && <Problem text={problem} />}
      {open === 'order' && (
        <OrderDialog
          finding={row.finding}
          checks={checks}
          isMeter={row.meter !== null}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'judge' && (
        <JudgeDialog finding={row.finding} task={openTask} onClose={() => setOpen(null)} />
      )}
    </>
  )
}

const weekMs = 7 * 86_400_000

const ofCash: readonly FieldCheck[] = ['count with two', 'box and seal', 'note acceptor']

/** What else may be looked at there: nobody looks for seals of a meter at a kiosk. */
const moreChecks = (checks: readonly FieldCheck[], isMeter: boolean): FieldCheck[] =>
  checkNames.filter((name) => !checks.includes(name) && ofCash.includes(name) !== isMeter)

const OrderDialog = ({
  finding,
  checks,
  isMeter,
  onClose,
}: {
  finding: number
  checks: readonly FieldCheck[]
  isMeter: boolean
  onClose: () => void
}) => {
  const { acts, checks: texts } = words().losses
  const inAWeek = new Date(Date.now() + weekMs).toISOString().slice(0, 10)
  return (
    <DeedDialog
      deed="losses/order-task"
      title={acts.orderTitle}
      submit={acts.orderSubmit}
      onClose={onClose}
      asked={(read) => {
        const chosen = checkNames.filter((name) => read(name) === 'yes')
        if (chosen.length === 0) return acts.noChecks
        return { finding, due: read('due'), checks: chosen, note: read('note') }
      }}
    >
      <Field name="due" label={acts.due} type="date" value={inAWeek} required />
      <fieldset class="loss-checks">
        <legend>{acts.checks}</legend>
        {[...checks, ...moreChecks(checks, isMeter)].map((name) => (
          <Check key={name} name={name} label={texts[name]} checked={checks.includes(name)} />
        ))}
      </fieldset>
      <Field
        name="note"
        label={acts.note}
        hint={acts.noteHint}
        type="textarea"
        maxLength={400}
        required={false}
      />
    </DeedDialog>
  )
}

/** `task` null: decided at the desk. */
export const JudgeDialog = ({
  finding,
  task,
  onClose,
}: {
  finding: number
  task: number | null
  onClose: () => void
}) => {
  const { acts, results, reasons } = words().losses
  const [result, setResult] = useState('')
  return (
    <DeedDialog
      deed="losses/judge"
      title={task === null ? acts.judgeTitle : acts.answerTitle}
      submit={acts.submit}
      onClose={onClose}
      asked={(read) => {
        const chosen = resultNames.find((name) => name === read('result')) ?? 'not settled'
        const reason = reasonNames.find((name) => name === read('reason')) ?? null
        if (chosen === 'innocent' && reason === null) return acts.reasonMissing
        return {
          finding,
          task,
          result: chosen,
          reason: chosen === 'innocent' ? reason : null,
          note: read('note'),
        }
      }}
    >
      <Choice
        name="result"
        label={acts.result}
        as="buttons"
        required
        options={resultNames.map((value) => ({ value, label: results[value] }))}
        onChoose={setResult}
      />
      {result === 'innocent' && (
        <Choice
          name="reason"
          label={acts.reason}
          hint={acts.reasonHint}
          any=""
          required
          options={reasonNames.map((value) => ({ value, label: reasons[value] }))}
        />
      )}
      <Field
        name="note"
        label={acts.found}
        hint={acts.foundHint}
        type="textarea"
        maxLength={400}
        required
      />
    </DeedDialog>
  )
}
