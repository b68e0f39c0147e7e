// The one field: stands on the search page and above every sale, so that the next caller is served from where one is.
import { Field } from '../parts/fields.tsx'
import { go, hrefTo } from '../router.ts'
import { words } from '../texts/words.ts'

export const SearchField = ({ text, focused = false }: { text: string; focused?: boolean }) => {
  const said = words().explaining
  return (
    <form
      class="explain-search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        const typed = new FormData(event.currentTarget).get('q')
        const wanted = typeof typed === 'string' ? typed.trim() : ''
        if (wanted !== '') go(hrefTo(['explain'], { q: wanted }))
      }}
    >
      <Field
        key={text}
        name="q"
        type="search"
        label={said.search}
        hint={said.searchHint}
        value={text}
        maxLength={400}
        autoComplete="off"
        autoFocus={focused}
      />
      <button type="submit" class="button main">
        {said.find}
      </button>
    </form>
  )
}
