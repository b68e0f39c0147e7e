// The twelve keys of a telephone, with 5 in the middle as on the metal keypad.
import { Picture } from './pictures.tsx'

export const Keypad = ({
  label,
  eraseLabel,
  digit,
  erase,
}: {
  label: string
  eraseLabel: string
  digit: (digit: number) => void
  erase: () => void
}) => (
  <div class="keypad" role="group" aria-label={label} dir="ltr">
    {[1, 2, 3, 4, 5, 6, 7, 8, 9].map((each) => (
      <button type="button" key={each} onClick={() => digit(each)}>
        {each}
      </button>
    ))}
    <button type="button" class="zero" onClick={() => digit(0)}>
      0
    </button>
    <button type="button" class="erase" aria-label={eraseLabel} onClick={erase}>
      <Picture name="erase" />
    </button>
  </div>
)
