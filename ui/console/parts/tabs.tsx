// Views of one page side by side; which one is shown stands in the address.
import { Link, where, withQuery } from '../router.ts'
import { format } from '../texts/format.ts'

export type Tab = { key: string; label: string; count?: number }

/** The key of the tab that is shown; the first unless the address says another. */
export const tabOf = (tabs: readonly Tab[], name = 'tab'): string => {
  const asked = where.value.query.get(name)
  return (tabs.find(({ key }) => key === asked) ?? tabs[0])?.key ?? ''
}

export const Tabs = ({
  label,
  of,
  name = 'tab',
}: {
  label: string
  of: readonly Tab[]
  name?: string
}) => {
  const shown = tabOf(of, name)
  return (
    <nav class="tabs" aria-label={label}>
      {of.map(({ key, label, count }, index) => (
        <Link
          key={key}
          href={withQuery({ [name]: index === 0 ? null : key, after: null })}
          current={key === shown ? 'page' : undefined}
        >
          {label}
          {count !== undefined && <bdi class="tab-count">{format().count(count)}</bdi>}
        </Link>
      ))}
    </nav>
  )
}
