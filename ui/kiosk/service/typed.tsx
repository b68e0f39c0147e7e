// Digits as they are typed: dots for a PIN, and for a count of notes what it comes to.
import { minor } from '../../../domain/money.ts'
import { Note } from '../../parts/note.tsx'
import type { ServicePage } from './service-page.ts'
import type { Reader } from './value.tsx'

type Typing = NonNullable<ServicePage['typing']>

export const Typed = ({ typing, reader }: { typing: Typing; reader: Reader }) => {
  const { typed, hidden, of } = typing
  const { words, format } = reader
  const said =
    typed === '' ? words.nothingTyped : hidden ? words.digitsTyped(typed.length) : undefined
  const count = Number(typed)
  return (
    <div class="typed-digits">
      {of !== null && (
        <p class="of-note">
          <span role="img" aria-label={words.notesOf(of)}>
            <Note value={of} format={format} />
          </span>
          <b aria-hidden="true">×</b>
        </p>
      )}
      <p class="window" dir="ltr" role="status" aria-label={said} data-empty={typed === ''}>
        {hidden ? (
          Array.from({ length: typed.length }, (_, at) => <i key={at} class="dot" />)
        ) : (
          <span>{typed}</span>
        )}
        <i class="cursor" />
      </p>
      {of !== null && (
        <p class="sum">
          <b aria-hidden="true">=</b> {format.money(minor(typed === '' ? 0 : count * of))}
        </p>
      )}
    </div>
  )
}
