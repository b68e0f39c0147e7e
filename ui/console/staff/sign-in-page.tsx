// Signing in: the address stays as it is, so that whoever signs in is where they wanted to be.
import { useEffect, useState } from 'preact/hooks'
import { Field } from '../parts/fields.tsx'
import { Problem } from '../parts/problem.tsx'
import { Settings } from '../settings.tsx'
import { signIn } from '../signing.ts'
import { words } from '../texts/words.ts'

export const SignInPage = ({ over }: { over: boolean }) => {
  const { frame, parts } = words()
  const { signIn: said } = frame
  const [problem, setProblem] = useState<string | null>(null)
  const [doing, setDoing] = useState(false)
  const [open, setOpen] = useState(false)
  useEffect(() => {
    document.title = `${said.title} · WattPoint`
  }, [said.title])

  const submit = async (form: HTMLFormElement): Promise<void> => {
    const typed = new FormData(form)
    setDoing(true)
    const refused = await signIn(text(typed, 'name').trim(), text(typed, 'password'))
    setDoing(false)
    setProblem(refused)
  }

  return (
    <main class="sign-in" data-wire={doing ? 'pulsing' : 'still'}>
      <div class="sign-in-box">
        <p class="brand">
          <span>
            Watt<b>Point</b>
          </span>
          <small>{frame.console}</small>
        </p>
        <form
          aria-busy={doing}
          onSubmit={(event) => {
            event.preventDefault()
            if (!doing) void submit(event.currentTarget)
          }}
        >
          <h1>{said.title}</h1>
          {over && <p>{said.over}</p>}
          <Field
            name="name"
            label={said.name}
            autoComplete="username"
            maxLength={60}
            required
            ltr
            autoFocus
          />
          <Field
            name="password"
            label={said.password}
            type={open ? 'text' : 'password'}
            autoComplete="current-password"
            maxLength={200}
            required
            ltr
          />
          <label class="check">
            <input
              type="checkbox"
              checked={open}
              onChange={({ currentTarget }) => setOpen(currentTarget.checked)}
            />
            <span>{said.showPassword}</span>
          </label>
          {problem !== null && <Problem text={problem} />}
          <button type="submit" class="button main" aria-disabled={doing}>
            {doing ? parts.doing : said.submit}
          </button>
          <p class="hint">{said.promise}</p>
        </form>
        <Settings />
      </div>
    </main>
  )
}

const text = (form: FormData, name: string): string => {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
