// Which page is drawn: fetched before it is shown, so that the last one stays until the next one is there.
import { effect, signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { pages, type PageProps, type PageRow } from './pages.tsx'
import { go, where } from './router.ts'
import { waitingFor } from './asking.ts'
import { mayAny, me } from './signed-in.ts'

export type Shown =
  | { kind: 'nothing' }
  | { kind: 'page'; row: PageRow; key: string; Page: ComponentType<PageProps>; props: PageProps }
  | { kind: 'not found' | 'not allowed' | 'not loaded'; key: string }

export const shown = signal<Shown>({ kind: 'nothing' })

/** Follows the address; called once. */
export const followAddress = (): void => {
  let asked = ''
  effect(() => {
    const { path } = where.value
    if (me.value === null) return
    const key = path.join('/')
    if (key === asked) return
    asked = key
    if (key === '') {
      goHome()
      return
    }
    void show(path, key, () => asked === key)
  })
}

const show = async (path: string[], key: string, stillAsked: () => boolean): Promise<void> => {
  const next = await load(path, key)
  if (!stillAsked()) return
  const first = shown.peek().kind === 'nothing'
  shown.value = next
  if (!first) arrive()
}

/** The first page of the navigation that is for this person; whoever keeps the accounts begins with the figures. */
const goHome = (): void => {
  const own = me.peek()?.member.role === 'accounts' ? 'figures' : null
  const first = inMenu().find(({ path }) => path === own) ?? inMenu()[0]
  if (first !== undefined) go(`/${first.path}`, { replace: true })
  else shown.value = { kind: 'not allowed', key: '' }
}

const load = async (path: string[], key: string): Promise<Shown> => {
  const found = rowFor(path)
  if (found === null) return { kind: 'not found', key }
  if (!mayAny(found.row.right)) return { kind: 'not allowed', key }
  waitingFor.value += 1
  try {
    const Page = await found.row.page()
    return { kind: 'page', row: found.row, key, Page, props: { part: partIn(found.named) } }
  } catch {
    return { kind: 'not loaded', key }
  } finally {
    waitingFor.value -= 1
  }
}

const rowFor = (path: string[]): { row: PageRow; named: Map<string, string> } | null => {
  // What is written out goes before what takes anything: `sales/search` before `sales/:order`.
  const rows = pages.toSorted((one, other) => colons(one) - colons(other))
  for (const row of rows) {
    const named = fits(row.path.split('/'), path)
    if (named !== null) return { row, named }
  }
  return null
}

const colons = ({ path }: PageRow): number => path.split(':').length

const fits = (pattern: string[], path: string[]): Map<string, string> | null => {
  if (pattern.length !== path.length) return null
  const named = new Map<string, string>()
  for (const [index, segment] of pattern.entries()) {
    const here = path[index] ?? ''
    if (segment.startsWith(':')) named.set(segment.slice(1), here)
    else if (segment !== here) return null
  }
  return named
}

const partIn =
  (named: Map<string, string>) =>
  (name: string): string => {
    const value = named.get(name)
    if (value === undefined) throw new Error(`the path of this page has no :${name}`)
    return value
  }

/** Whoever cannot see that another page came hears it: the focus goes to its heading, and it begins at its top. */
const arrive = (): void => {
  requestAnimationFrame(() => {
    const heading = document.querySelector<HTMLElement>('main h1') ?? document.querySelector('main')
    heading?.focus({ preventScroll: true })
    scrollTo(0, 0)
  })
}

/** Pages that stand in the navigation of this person. */
export const inMenu = (): PageRow[] =>
  pages.filter(({ path, right, menu }) => menu !== false && !path.includes(':') && mayAny(right))

export type MenuArea = { first: PageRow; rest: PageRow[]; key: string }

/** The same, by area: pages whose address begins alike. */
export const areas = (): MenuArea[] => {
  const byKey = new Map<string, MenuArea>()
  for (const row of inMenu()) {
    const key = row.path.split('/')[0] ?? ''
    const area = byKey.get(key)
    if (area === undefined) byKey.set(key, { first: row, rest: [], key })
    else area.rest.push(row)
  }
  return [...byKey.values()]
}
