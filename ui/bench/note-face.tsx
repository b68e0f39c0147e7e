// A banknote as it is drawn on the bench.
import type { Minor } from '../../domain/money.ts'
import { noteFace } from './words.ts'

export const NoteFace = ({ value, symbol }: { value: Minor; symbol: string }) => (
  <span class={`note-face v${value}`} aria-hidden="true">
    <b>{noteFace(value)}</b>
    <i />
    <small>{symbol}</small>
  </span>
)
