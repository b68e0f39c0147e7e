// One's own password: changed by whoever knows the old one; the first thing to do with one that somebody else gave.
import { useState } from 'preact/hooks'
import { perform } from '../asking.ts'
import { Field } from '../parts/fields.tsx'
import { Page } from '../parts/page.tsx'
import { Problem } from '../parts/problem.tsx'
import { Status } from '../parts/status.tsx'
import { me } from '../signed-in.ts'
import { askWho } from '../signing.ts'
import { words } from '../texts/words.ts'

type State = { kind: 'typing'; problem: string | null } | { kind: 'doing' } | { kind: 'done' }

/** Of `Password` in domain/console/staff-room.ts. */
const fewest = 12

export const PasswordPage = () => {
  const { staff, parts } = words()
  const said = staff.password
  const [state, setState] = useState<State>({ kind: 'typing', problem: null })
  const must = me.value?.mustChangePassword === true

  const submit = async (form: HTMLFormElement): Promise<void> => {
    const typed = new FormData(form)
    const read = (name: string) => {
      const value = typed.get(name)
      return typeof value === 'string' ? value : ''
    }
    const refuse = (problem: string) => setState({ kind: 'typing', problem })
    if (read('wanted').length < fewest) return refuse(said.tooShort)
    if (read('wanted') !== read('again')) return refuse(said.differ)
    setState({ kind: 'doing' })
    const done = await perform('me/password', { current: read('current'), wanted: read('wanted') })
    if (done.kind === 'refused') return refuse(done.problem)
    form.reset()
    setState({ kind: 'done' })
    await askWho()
    return undefined
  }

  return (
    <Page title={must ? said.must : said.title} about={said.why}>
      <form
        class="narrow"
        aria-busy={state.kind === 'doing'}
        onSubmit={(event) => {
          event.preventDefault()
          if (state.kind !== 'doing') void submit(event.currentTarget)
        }}
      >
        <input type="text" autoComplete="username" value={me.value?.member.name} hidden readOnly />
        <Field
          name="current"
          label={said.current}
          type="password"
          autoComplete="current-password"
          required
          ltr
        />
        <Field
          name="wanted"
          label={said.wanted}
          hint={said.hint}
          type="password"
          autoComplete="new-password"
          maxLength={200}
          required
          ltr
        />
        <Field
          name="again"
          label={said.again}
          type="password"
          autoComplete="new-password"
          maxLength={200}
          required
          ltr
        />
        {state.kind === 'typing' && state.problem !== null && <Problem text={state.problem} />}
        <p role="status">{state.kind === 'done' && <Status mark="well" word={said.done} />}</p>
        <button type="submit" class="button main" aria-disabled={state.kind === 'doing'}>
          {state.kind === 'doing' ? parts.doing : said.submit}
        </button>
      </form>
    </Page>
  )
}
