// How something stands, by shape first: a round tick, a triangle, a square cross. The word stands beside it.
import { never } from '../../../domain/never.ts'
import type { ServiceMark } from './service-page.ts'
import type { ServiceTexts } from './texts.ts'

type Loud = Exclude<ServiceMark, 'quiet'>

export const Shape = ({ mark }: { mark: ServiceMark }) =>
  mark === 'quiet' ? null : (
    <svg class="shape" data-mark={mark} viewBox="0 0 40 40" aria-hidden="true">
      {drawing(mark)}
    </svg>
  )

const drawing = (mark: Loud) => {
  switch (mark) {
    case 'well':
      return (
        <>
          <circle class="body" cx="20" cy="20" r="18" />
          <path class="sign" d="m11.5 20.5 6 6L29 14" />
        </>
      )
    case 'attention':
      return (
        <>
          <path class="body" d="M20 3 38.5 36h-37z" />
          <path class="sign" d="M20 15v10M20 30.4v.2" />
        </>
      )
    case 'wrong':
      return (
        <>
          <rect class="body" x="3" y="3" width="34" height="34" rx="4" />
          <path class="sign" d="m13 13 14 14M27 13 13 27" />
        </>
      )
    default:
      return never(mark)
  }
}

/** Shape and word together. */
export const Mark = ({ mark, words }: { mark: ServiceMark; words: ServiceTexts }) =>
  mark === 'quiet' ? null : (
    <span class="marked" data-mark={mark}>
      <Shape mark={mark} />
      {words.mark[mark]}
    </span>
  )
