// What is typed and chosen: a label above, a hint below, and the problem in words where it is.
import { h, type ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { words } from '../texts/words.ts'

type Around = {
  label: string
  hint?: ComponentChildren
  problem?: string | null | undefined
  required?: boolean
  /** The label is for those who do not see it: where a place says it already. */
  labelHidden?: boolean
}

const Framed = ({
  id,
  label,
  hint,
  problem,
  required,
  labelHidden,
  children,
}: Around & { id: string; children: ComponentChildren }) => (
  <div class={problem ? 'field wrong' : 'field'}>
    <label for={id} class={labelHidden === true ? 'heard' : undefined}>
      {label}
      {required === false && <small> ({words().parts.optional})</small>}
    </label>
    {children}
    {hint !== undefined && (
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
    )}
    {problem && (
      <p class="problem-line" id={`${id}-problem`}>
        {problem}
      </p>
    )}
  </div>
)

const describedBy = (id: string, { hint, problem }: Around): string | undefined =>
  [hint !== undefined && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ') ||
  undefined

export type FieldProps = Around & {
  /** Under which the form reads it; in `Filters`, its name in the address. */
  name: string
  type?: 'text' | 'search' | 'password' | 'number' | 'date' | 'month' | 'time' | 'tel' | 'textarea'
  /** What it begins with. */
  value?: string | number | null
  placeholder?: string
  min?: number | string
  max?: number | string
  step?: number | string
  minLength?: number
  maxLength?: number
  pattern?: string
  autoComplete?: string
  inputMode?: 'numeric' | 'decimal' | 'text' | 'search' | 'tel'
  autoFocus?: boolean
  /** Numbers and names of things are written left to right in every language. */
  ltr?: boolean
  onInput?: (value: string) => void
}

export const Field = ({
  label,
  hint,
  problem,
  required,
  labelHidden,
  type = 'text',
  value,
  ltr,
  onInput,
  autoFocus,
  ...rest
}: FieldProps) => {
  const id = useId()
  const focused = useRef<HTMLElement>(null)
  useEffect(() => {
    if (autoFocus === true) focused.current?.focus()
  }, [])
  const around = {
    label,
    hint,
    problem,
    ...(required === undefined ? {} : { required }),
    ...(labelHidden === undefined ? {} : { labelHidden }),
  }
  const common = {
    ...rest,
    id,
    defaultValue: String(value ?? ''),
    required: required ?? false,
    'aria-invalid': problem ? true : undefined,
    'aria-describedby': describedBy(id, around),
    dir: ltr === true ? 'ltr' : undefined,
    onInput: (event: { currentTarget: { value: string } }) => onInput?.(event.currentTarget.value),
    ref: focused,
  } as const
  return (
    <Framed {...around} id={id}>
      {type === 'textarea'
        ? h('textarea', { ...common, rows: 3 })
        : h('input', { ...common, type })}
    </Framed>
  )
}

export type Option = { value: string; label: string }

/** One of several. Few options may lie open: `as="buttons"`. */
export const Choice = ({
  name,
  label,
  options,
  value = '',
  any,
  as = 'list',
  hint,
  problem,
  required,
  onChoose,
}: Around & {
  name: string
  options: readonly Option[]
  value?: string | null
  /** The word of the choice that chooses nothing; absent: there is none. */
  any?: string | true
  as?: 'list' | 'buttons'
  onChoose?: (value: string) => void
}) => {
  const id = useId()
  const all = [
    ...(any === undefined ? [] : [{ value: '', label: any === true ? words().parts.any : any }]),
    ...options,
  ]
  const chosen = value ?? ''
  if (as === 'buttons') {
    return (
      <fieldset class="field choice-buttons">
        <legend>{label}</legend>
        <div>
          {all.map((option) => (
            <label key={option.value}>
              <input
                type="radio"
                name={name}
                value={option.value}
                defaultChecked={option.value === chosen}
                required={required ?? false}
                onChange={() => onChoose?.(option.value)}
              />
              <span>{option.label}</span>
            </label>
          ))}
        </div>
        {hint !== undefined && <p class="hint">{hint}</p>}
        {problem && <p class="problem-line">{problem}</p>}
      </fieldset>
    )
  }
  return (
    <Framed {...{ label, hint, problem, id }} {...(required === undefined ? {} : { required })}>
      <select
        id={id}
        name={name}
        required={required ?? false}
        aria-describedby={describedBy(id, { label, hint, problem })}
        onChange={(event) => onChoose?.(event.currentTarget.value)}
      >
        {all.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === chosen}>
            {option.label}
          </option>
        ))}
      </select>
    </Framed>
  )
}

export const Check = ({
  name,
  label,
  checked = false,
  onChange,
}: {
  name: string
  label: ComponentChildren
  checked?: boolean
  onChange?: (checked: boolean) => void
}) => (
  <label class="check">
    <input
      type="checkbox"
      name={name}
      value="yes"
      defaultChecked={checked}
      onChange={(event) => onChange?.(event.currentTarget.checked)}
    />
    <span>{label}</span>
  </label>
)
