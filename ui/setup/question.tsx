// One question: a field, and under it the keys that its answer is made of.
import { useSignal } from '@preact/signals'
import type { TargetedEvent } from 'preact'
import type { SetupQuestion } from '../../domain/setup/questions.ts'
import { Title } from '../kiosk/title.tsx'
import { Keypad } from '../parts/keypad.tsx'
import { Keyboard } from './keyboard.tsx'
import { Problem } from './problem.tsx'
import type { PageProps } from './stage.ts'

/** What an answer is made of: digits alone, the letters of a code, or anything. */
const keysOf: Partial<Record<SetupQuestion, 'digits' | 'code'>> = {
  kiosk: 'digits',
  person: 'digits',
  pin: 'digits',
  'pin again': 'digits',
  code: 'code',
}
const hidden = new Set<SetupQuestion>(['pin', 'pin again'])
/** What is written from left to right in every language. */
const leftToRight = new Set<SetupQuestion>([
  'centre',
  'kiosk',
  'code',
  'phone',
  'tax number',
  'currency',
  'time zone',
  'person',
  'pin',
  'pin again',
])

export const Question = ({ page, at }: PageProps<'question'>) => {
  const { texts, press, view } = at
  const { question, given, stick } = page
  const draft = useSignal(given)
  const keys = keysOf[question] ?? 'any'
  const put = (text: string) => {
    draft.value = keys === 'code' ? inGroups(text) : text
  }
  const asked = texts.question[question]
  const field = {
    ref: takeFocus,
    class: 'field',
    dir: leftToRight.has(question) ? ('ltr' as const) : ('auto' as const),
    'aria-label': asked.title,
    'aria-describedby': 'hint',
    autocomplete: 'off' as const,
    autocapitalize: 'off' as const,
    spellcheck: false,
    maxLength: keys === 'code' ? 40 : 80,
    value: draft.value,
    onInput: (event: TargetedEvent<HTMLInputElement>) => put(event.currentTarget.value),
  }
  return (
    <form
      id="answer"
      class="setup-page question"
      data-keys={keys}
      onSubmit={(event) => {
        event.preventDefault()
        press({ type: 'answer', text: draft.peek() })
      }}
    >
      <section class="setup-asked">
        <Title>{asked.title}</Title>
        {view.problem === null ? (
          <p class="hint" id="hint">
            {asked.hint}
          </p>
        ) : (
          <Problem at={at} id="hint" />
        )}
        {hidden.has(question) ? (
          <input {...field} type="password" />
        ) : (
          <input {...field} type="text" />
        )}
      </section>
      <section class="keys">
        {keys === 'digits' ? (
          <Keypad
            label={texts.keyboard.label}
            eraseLabel={texts.keyboard.erase}
            digit={(digit) => put(`${draft.peek()}${digit}`)}
            erase={() => put(draft.peek().slice(0, -1))}
          />
        ) : (
          <Keyboard
            keys={keys}
            language={view.language}
            words={texts.keyboard}
            stick={stick ? () => press({ type: 'choose', choice: 'read stick' }) : null}
            type={(letter) => put(`${draft.peek()}${letter}`)}
            erase={() => put(draft.peek().replace(/-?.$/u, ''))}
          />
        )}
      </section>
    </form>
  )
}

const takeFocus = (field: HTMLInputElement | null): void => field?.focus({ preventScroll: true })

/** As it stands on paper: groups of four. */
const inGroups = (text: string): string =>
  text
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .slice(0, 24)
    .replaceAll(/(.{4})(?=.)/g, '$1-')
