// A state by shape and word: a colour-blind eye, a black-and-white print and a screen reader all get it.
import type { ComponentChildren } from 'preact'

export type Mark = 'well' | 'attention' | 'wrong' | 'quiet'

/** A tick in a circle, a triangle, a crossed square, a ring: four outlines that differ at 12 pixels. */
const shapes: Record<Mark, ComponentChildren> = {
  well: (
    <>
      <circle class="ground" cx="8" cy="8" r="7" />
      <path class="sign" d="M4.6 8.3l2.4 2.4 4.4-5" />
    </>
  ),
  attention: (
    <>
      <path class="ground" d="M8 1.2 15.2 14.4H.8z" />
      <path class="sign" d="M8 6v4M8 12.2v.2" />
    </>
  ),
  wrong: (
    <>
      <path class="ground" d="M1.5 1.5h13v13h-13z" />
      <path class="sign" d="M5 5l6 6M11 5l-6 6" />
    </>
  ),
  quiet: <circle class="ring" cx="8" cy="8" r="5.5" />,
}

/** The shape alone; whoever draws it says the word beside it. */
export const MarkShape = ({ mark }: { mark: Mark }) => (
  <svg class="mark" data-mark={mark} viewBox="0 0 16 16" aria-hidden="true">
    {shapes[mark]}
  </svg>
)

export const Status = ({ mark, word }: { mark: Mark; word: ComponentChildren }) => (
  <span class="status" data-mark={mark}>
    <MarkShape mark={mark} />
    <span>{word}</span>
  </span>
)
