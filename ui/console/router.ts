// Where one is stands in the address, filters too: a page is a link that can be sent.
import { computed, signal } from '@preact/signals'
import { h, type ComponentChildren } from 'preact'

export type Where = { path: string[]; query: URLSearchParams }

const read = (): Where => ({
  path: location.pathname.split('/').filter(Boolean).map(decoded),
  query: new URLSearchParams(location.search),
})

/** A path that is no text leads nowhere, and breaks nothing. */
const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export const where = signal<Where>(read())

/** The path alone: what says which page it is. */
export const pathname = computed(() => where.value.path.join('/'))

/** Goes up wherever one goes, but not when the address is replaced where one is. */
export const goings = signal(0)

/** `replace`: the way back leads past it, as for a filter that is changed while typing. */
export const go = (href: string, { replace = false }: { replace?: boolean } = {}): void => {
  if (replace) history.replaceState(null, '', href)
  else {
    history.pushState(null, '', href)
    goings.value += 1
  }
  where.value = read()
}

/** Follows the browser's own way back and forth. */
export const listenToWay = (): void => {
  addEventListener('popstate', () => {
    goings.value += 1
    where.value = read()
  })
}

type Wanted = Record<string, string | number | readonly (string | number)[] | null | undefined>

/** The address of this page with some of its query changed; what is null, undefined or empty is left out. */
export const withQuery = (changes: Wanted): string => {
  const { path, query } = where.value
  const next = new URLSearchParams(query)
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name)
    for (const each of [value ?? []].flat()) if (each !== '') next.append(name, String(each))
  }
  return hrefOf(path, next)
}

/** An address of the console: `hrefTo(['customers', number], { tab: 'cards' })`. */
export const hrefTo = (path: readonly (string | number)[], wanted: Wanted = {}): string => {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(wanted)) {
    for (const each of [value ?? []].flat()) if (each !== '') query.append(name, String(each))
  }
  return hrefOf(path.map(String), query)
}

const hrefOf = (path: readonly string[], query: URLSearchParams): string => {
  const asked = query.toString()
  return `/${path.map(encodeURIComponent).join('/')}${asked === '' ? '' : `?${asked}`}`
}

export type LinkProps = {
  href: string
  children?: ComponentChildren
  class?: string | undefined
  title?: string
  /** `page`: this is where one is. */
  current?: 'page' | 'true' | undefined
  label?: string | undefined
  onClick?: () => void
  replace?: boolean
}

/** A plain press stays on the page; a press with a key held, or of the middle button, does what the browser does. */
export const Link = ({
  href,
  children,
  current,
  label,
  onClick,
  replace,
  ...rest
}: LinkProps): ComponentChildren =>
  h(
    'a',
    {
      ...rest,
      href,
      'aria-current': current,
      'aria-label': label,
      onClick: (event: MouseEvent) => {
        onClick?.()
        if (event.defaultPrevented || event.button !== 0) return
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        go(href, { replace: replace ?? false })
      },
    },
    children,
  )
