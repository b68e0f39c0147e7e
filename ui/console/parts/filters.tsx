// Filters whose whole state is the address: what is chosen here is a link that can be sent.
import type { ComponentChildren } from 'preact'
import { go, goings, Link, where, withQuery } from '../router.ts'
import { words } from '../texts/words.ts'

/**
 * Fields, choices and checks inside go into the address under their names, at once when one is chosen and a moment after the
 * last letter when one is typed. A page of a list that was turned to (`after`) is left.
 */
export const Filters = ({ label, children }: { label: string; children: ComponentChildren }) => {
  const apply = (form: HTMLFormElement) => {
    clearTimeout(typing.get(form))
    const names = new Set([...form.elements].map((element) => element.getAttribute('name') ?? ''))
    names.delete('')
    const values = new FormData(form)
    const changes = [...names].map((name) => [name, values.getAll(name).map(String)] as const)
    go(withQuery({ ...Object.fromEntries(changes), after: null }), { replace: true })
  }
  const filtered = [...where.value.query.keys()].some((name) => !kept.has(name))
  return (
    <search>
      <form
        class="filters"
        aria-label={label}
        onSubmit={(event) => {
          event.preventDefault()
          apply(event.currentTarget)
        }}
        onChange={(event) => apply(event.currentTarget)}
        onInput={(event) => {
          const form = event.currentTarget
          clearTimeout(typing.get(form))
          typing.set(
            form,
            setTimeout(() => apply(form), restMs),
          )
        }}
        // Wherever one goes from here, or back to, the fields show what the address says.
        key={goings.value}
      >
        {children}
        {filtered && (
          <Link class="button plain" href={`/${where.value.path.join('/')}`}>
            {words().parts.clear}
          </Link>
        )}
      </form>
    </search>
  )
}

/** Are no filters: clearing them keeps them, and they alone are nothing to clear. */
const kept = new Set(['sort', 'after', 'tab'])
/** Whoever types pauses longer than this between words, not between letters. */
const restMs = 350
const typing = new WeakMap<HTMLFormElement, ReturnType<typeof setTimeout>>()
