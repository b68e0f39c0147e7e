// How full something is: a bar with its number beside it, so that neither has to be guessed from the other.
export const Gauge = ({ of, word }: { of: number; word: string }) => (
  <span class="gauge">
    <svg viewBox="0 0 60 8" preserveAspectRatio="none" aria-hidden="true">
      <rect class="gauge-room" width="60" height="8" rx="2" />
      <rect
        class={of >= 0.85 ? 'gauge-full' : 'gauge-part'}
        width={60 * Math.min(1, Math.max(0, of))}
        height="8"
        rx="2"
      />
    </svg>
    <bdi class="value">{word}</bdi>
  </span>
)
