// Whom to call.
import { Picture } from '../../parts/pictures.tsx'
import type { Stage } from '../stage.ts'

export const CallUs = ({ at }: { at: Stage }) => (
  <p class="call">
    <Picture name="phone" />
    <span>
      {at.texts.mishap.callTitle}{' '}
      {at.texts.mishap.call(at.view.kiosk.phone.replaceAll(' ', '\u00a0'))}
    </span>
  </p>
)
