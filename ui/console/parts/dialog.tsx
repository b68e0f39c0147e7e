// Dialogs: one question above the page, left by Escape, given back the focus by the browser.
import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { DeedName, Deeds } from '../../../domain/console/contract.ts'
import { perform } from '../asking.ts'
import { words } from '../texts/words.ts'
import { Problem } from './problem.tsx'

export type DialogProps = {
  title: string
  children: ComponentChildren
  onClose: () => void
  /** Comes in from the side the language begins at, over the whole height: navigation on a phone. */
  as?: 'box' | 'drawer'
}

/** Open as long as it is drawn. */
export const Dialog = ({ title, children, onClose, as = 'box' }: DialogProps) => {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  // Closed before it is taken out of the page: only then does the browser give the focus back to where it was.
  useLayoutEffect(() => {
    const shown = dialog.current
    if (shown?.open === false) shown.showModal()
    return () => shown?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      class={as}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        // Beside a box: a slip of the hand must not throw away what was typed.
        if (as === 'drawer' && event.target === dialog.current) onClose()
      }}
    >
      <div class="dialog">
        <header>
          <h2 id={id}>{title}</h2>
          <button type="button" class="close" aria-label={words().parts.close} onClick={onClose}>
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d="M3 3l10 10M13 3 3 13" />
            </svg>
          </button>
        </header>
        {children}
      </div>
    </dialog>
  )
}

/** Reads one field of a form: its text without space around it; '' when it is not there. */
export type ReadField = (name: string) => string

/**
 * A form that has a deed done. It closes when it is done; a refusal stays in it, in words, and what was typed stays too.
 * `asked` makes the deed of what was typed; a text instead says what is wrong before anything is sent.
 */
export const DeedDialog = <Name extends DeedName>({
  deed,
  title,
  submit,
  danger = false,
  asked,
  onDone,
  onClose,
  children,
}: {
  deed: Name
  title: string
  /** What the button says: what it does. */
  submit: string
  danger?: boolean
  asked: (read: ReadField) => Omit<Deeds[Name]['asked'], 'deedId'> | string
  onDone?: (told: Deeds[Name]['told']) => void
  onClose: () => void
  children: ComponentChildren
}) => {
  const [state, setState] = useState<DeedState>({ kind: 'typing', problem: null })
  const carryOut = async (form: HTMLFormElement): Promise<void> => {
    const wanted = asked(fieldOf(new FormData(form)))
    if (typeof wanted === 'string') {
      setState({ kind: 'typing', problem: wanted })
      return
    }
    setState({ kind: 'doing' })
    const done = await perform(deed, wanted)
    if (done.kind === 'refused') {
      setState({ kind: 'typing', problem: done.problem })
      return
    }
    onClose()
    onDone?.(done.told)
  }
  const doing = state.kind === 'doing'
  return (
    <Dialog title={title} onClose={doing ? () => undefined : onClose}>
      <form
        aria-busy={doing}
        onSubmit={(event) => {
          event.preventDefault()
          if (!doing) void carryOut(event.currentTarget)
        }}
      >
        <div class="dialog-body">{children}</div>
        {state.kind === 'typing' && state.problem !== null && <Problem text={state.problem} />}
        <footer>
          <button type="button" class="button" disabled={doing} onClick={onClose}>
            {words().parts.cancel}
          </button>
          <button
            type="submit"
            class={danger ? 'button danger' : 'button main'}
            aria-disabled={doing}
          >
            {doing ? words().parts.doing : submit}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}

type DeedState = { kind: 'typing'; problem: string | null } | { kind: 'doing' }

const fieldOf =
  (values: FormData): ReadField =>
  (name) => {
    const value = values.get(name)
    return typeof value === 'string' ? value.trim() : ''
  }

/** Asks once more before a deed that needs nothing typed. */
export const Confirm = <Name extends DeedName>({
  children,
  asked,
  ...rest
}: {
  deed: Name
  title: string
  submit: string
  danger?: boolean
  asked: Omit<Deeds[Name]['asked'], 'deedId'>
  onDone?: (told: Deeds[Name]['told']) => void
  onClose: () => void
  /** What will happen. */
  children: ComponentChildren
}) => (
  <DeedDialog {...rest} asked={() => asked}>
    {children}
  </DeedDialog>
)
