// One page: its heading, what may be done on it, and its sections.
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { Link } from '../router.ts'

export type Crumb = { href: string; label: string }

export const Page = ({
  title,
  about,
  crumbs = [],
  actions,
  children,
}: {
  title: string
  /** A line below the title: what one sees here, as of when. */
  about?: ComponentChildren
  /** The pages above this one, outermost first. */
  crumbs?: readonly Crumb[]
  actions?: ComponentChildren
  children: ComponentChildren
}) => {
  useEffect(() => {
    document.title = `${title} · WattPoint`
  }, [title])
  return (
    <article class="page">
      <header class="page-head">
        <div>
          {crumbs.length > 0 && (
            <p class="crumbs">
              {crumbs.map(({ href, label }) => (
                <Link key={href} href={href}>
                  {label}
                </Link>
              ))}
            </p>
          )}
          <h1 tabIndex={-1}>{title}</h1>
          {about !== undefined && <p class="about">{about}</p>}
        </div>
        {actions !== undefined && <div class="actions">{actions}</div>}
      </header>
      {children}
    </article>
  )
}

/** A part of a page with a heading of its own. */
export const Section = ({
  title,
  about,
  actions,
  children,
  bare = false,
}: {
  title: string
  about?: ComponentChildren
  actions?: ComponentChildren
  children: ComponentChildren
  /** Without ground and border, as for a table that is the page. */
  bare?: boolean
}) => (
  <section class={bare ? 'section bare' : 'section'}>
    <header class="section-head">
      <div>
        <h2>{title}</h2>
        {about !== undefined && <p class="about">{about}</p>}
      </div>
      {actions !== undefined && <div class="actions">{actions}</div>}
    </header>
    {children}
  </section>
)

/** Sections side by side where there is room. `wide`: the first has twice the room of the second. */
export const Beside = ({
  children,
  wide = false,
}: {
  children: ComponentChildren
  wide?: boolean
}) => <div class={wide ? 'beside wide' : 'beside'}>{children}</div>
