// How far a long operation has come: the wire, filled as far as the current is.
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'

export const Progress = ({
  label = words().parts.working,
  done,
}: {
  label?: string
  /** 0 to 1; null: nobody knows how far. */
  done: number | null
}) => (
  <div class="progress">
    <p>
      {label}
      {done !== null && <bdi class="value">{format().percent(done)}</bdi>}
    </p>
    {done === null ? <progress aria-label={label} /> : <progress aria-label={label} value={done} />}
  </div>
)
