// The cue: half a sun at the edge of the screen nearest to the real slot, with what goes in or comes out of it.
import type { Cue as CueOf } from '../kiosk/cue-for.ts'

/** Never mirrored: it stands where the slot is in the world. */
export const Cue = ({ cue }: { cue: CueOf }) => (
  <>
    {cue.fed !== null && (
      <i
        class="feed"
        data-place={cue.place}
        data-edge={edgeOf(cue)}
        style={`--fed:${cue.fed}`}
        aria-hidden="true"
      />
    )}
    {edgeOf(cue) !== 'bottom' && (
      <i
        class={`lead ${cue.size}`}
        data-place={cue.place}
        data-edge={edgeOf(cue)}
        aria-hidden="true"
      />
    )}
    <Sun cue={cue} />
  </>
)

const Sun = ({ cue }: { cue: CueOf }) => (
  <div
    class={`cue ${cue.size} ${cue.way} ${cue.urgent ? 'urgent' : ''}`}
    data-place={cue.place}
    data-edge={edgeOf(cue)}
    aria-hidden="true"
  >
    <svg viewBox="0 0 100 200">
      <path class="ring far" d="M100-22A122 122 0 0 0 100 222" />
      <path class="ring" d="M100-11A111 111 0 0 0 100 211" />
      <path class="sun" d="M100 0A100 100 0 0 0 100 200Z" />
      <g class="thing">{drawings[cue.object]}</g>
      {cue.way !== 'stay' && (
        <g class="arrow">
          <path d={cue.way === 'in' ? 'm14 88 12 12-12 12' : 'M26 88 14 100l12 12'} />
        </g>
      )}
    </svg>
  </div>
)

export const edgeOf = ({ place }: Pick<CueOf, 'place'>): 'left' | 'right' | 'bottom' =>
  place === 'bottom' ? 'bottom' : place.startsWith('left') ? 'left' : 'right'

const drawings = {
  card: (
    <>
      <rect x="38" y="72" width="84" height="56" rx="7" />
      <rect class="lit" x="84" y="90" width="14" height="13" rx="2.5" />
      <path class="lit-line" d="M48 118h22" />
    </>
  ),
  note: (
    <>
      <rect x="36" y="68" width="90" height="64" rx="4" />
      <circle class="lit-line" cx="72" cy="100" r="15" />
      <path class="lit-line" d="M46 78v44M104 78v44" />
    </>
  ),
  terminal: (
    <>
      <rect x="46" y="42" width="68" height="116" rx="11" />
      <rect class="lit" x="57" y="54" width="46" height="26" rx="3" />
      <path
        class="lit-keys"
        d="M59 94h8M76 94h8M93 94h8M59 109h8M76 109h8M93 109h8M59 124h8M76 124h8M93 124h8"
      />
      <path class="lit-line" d="M62 144h36" />
    </>
  ),
  receipt: (
    <>
      <path d="M40 70h80v60H40l7-6-7-6 7-6-7-6 7-6-7-6 7-6-7-6 7-6z" />
      <path class="lit-line" d="M62 84h30M62 98h30M62 112h18" />
    </>
  ),
} as const
