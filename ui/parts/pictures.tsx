// Small drawings that stand beside words, never instead of them: one stroke, the colour of the text.
import type { ComponentChildren } from 'preact'
import { never } from '../../domain/never.ts'

export type PictureName =
  | 'card'
  | 'notes'
  | 'bank terminal'
  | 'account'
  | 'receipt'
  | 'home'
  | 'phone'
  | 'list'
  | 'bolt'
  | 'tick'
  | 'cross'
  | 'attention'
  | 'information'
  | 'erase'
  | 'contrast'
  | 'office'
  | 'change'
  | 'wipe'
  | 'later'

/** Drawn in a square of 48. */
export const Picture = ({ name }: { name: PictureName }) => (
  <svg class="picture" viewBox="0 0 48 48" aria-hidden="true">
    {strokes(name)}
  </svg>
)

const strokes = (name: PictureName): ComponentChildren => {
  switch (name) {
    case 'card':
      return (
        <>
          <rect x="4" y="11" width="40" height="26" rx="5" />
          <rect x="10" y="19" width="9" height="8" rx="2" />
          <path d="M26 28h12" />
        </>
      )
    case 'notes':
      return (
        <>
          <rect x="3" y="16" width="36" height="21" rx="3" />
          <circle cx="21" cy="26.5" r="5" />
          <path d="M9 11h33a3 3 0 0 1 3 3v17" />
        </>
      )
    case 'bank terminal':
      return (
        <>
          <rect x="11" y="4" width="26" height="40" rx="5" />
          <path d="M17 11h14v8H17zM18 27h2M28 27h2M18 35h2M28 35h2" />
        </>
      )
    case 'account':
      return (
        <>
          <path d="M6 16 24 6l18 10zM8 40h32M12 20v14M24 20v14M36 20v14" />
        </>
      )
    case 'receipt':
      return <path d="M12 4h24v40l-6-4-6 4-6-4-6 4zM18 14h12M18 22h12M18 30h6" />
    case 'home':
      return <path d="M5 23 24 7l19 16M10 20v21h28V20M26 25l-6 7h8l-6 7" />
    case 'phone':
      return (
        <path d="M14 5h7l3 10-5 4c2 5 6 9 11 11l4-5 9 4v7c0 4-3 6-7 6C20 41 7 27 7 12c0-4 3-7 7-7z" />
      )
    case 'list':
      return <path d="M8 12h2M8 24h2M8 36h2M18 12h23M18 24h23M18 36h23" />
    case 'bolt':
      return <path d="M27 4 11 27h11l-2 17 17-24H26z" />
    case 'tick':
      return <path d="m8 26 11 11L40 12" />
    case 'cross':
      return <path d="m11 11 26 26M37 11 11 37" />
    case 'attention':
      return <path d="M24 6 45 42H3zM24 19v11M24 35.5v1" />
    case 'information':
      return (
        <>
          <circle cx="24" cy="24" r="19" />
          <path d="M24 22v12M24 14.5v1" />
        </>
      )
    case 'erase':
      return <path d="M17 10h25v28H17L4 24zM24 19l10 10M34 19 24 29" />
    case 'contrast':
      return (
        <>
          <circle cx="24" cy="24" r="18" />
          <path d="M24 6a18 18 0 0 1 0 36z" fill="currentColor" />
        </>
      )
    case 'office':
      return (
        <>
          <path d="M7 42V14l17-8 17 8v28M3 42h42M20 42V32h8v10" />
          <path d="M15 20h4M29 20h4M15 27h4M29 27h4" />
        </>
      )
    case 'change':
      return (
        <>
          <rect x="14" y="17" width="31" height="22" rx="4" />
          <rect x="20" y="24" width="7" height="6" rx="1.5" />
          <path d="M3 22h6M9 22l-4-4M9 22l-4 4" />
          <path d="M22 11a4 4 0 0 1 4-3h14" />
        </>
      )
    case 'wipe':
      return (
        <>
          <rect x="4" y="18" width="34" height="24" rx="5" />
          <rect x="11" y="26" width="10" height="8" rx="2" />
          <path d="M37 5v9M32.5 9.5h9M26 6v5M23.5 8.5h5" />
        </>
      )
    case 'later':
      return (
        <>
          <circle cx="24" cy="24" r="19" />
          <path d="M24 12v12l8 6" />
        </>
      )
    default:
      return never(name)
  }
}
