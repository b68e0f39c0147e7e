// The audit trail: who saw and did what, newest first.
import type { AuditRow } from '../../../domain/console/staff-room.ts'
import { useAnswer } from '../asking.ts'
import { Field } from '../parts/fields.tsx'
import { Filters } from '../parts/filters.tsx'
import { Page } from '../parts/page.tsx'
import { Answered } from '../parts/problem.tsx'
import { Status, type Mark } from '../parts/status.tsx'
import { More, Table, type Column } from '../parts/table.tsx'
import { Id, When } from '../parts/values.tsx'
import { where } from '../router.ts'
import { words } from '../texts/words.ts'

const marks: Record<AuditRow['outcome'], Mark> = {
  done: 'well',
  refused: 'attention',
  failed: 'wrong',
}

export const AuditPage = () => {
  const { audit } = words().staff
  const { query } = where.value
  const who = query.get('who') ?? ''
  const about = query.get('about') ?? ''
  const after = query.get('after')
  const answer = useAnswer('audit', {
    ...(who === '' ? {} : { who }),
    ...(about === '' ? {} : { about }),
    ...(after === null ? {} : { before: after }),
  })
  return (
    <Page title={audit.title} about={audit.about}>
      <Filters label={audit.title}>
        <Field
          name="who"
          label={audit.who}
          value={who}
          placeholder={audit.whoHint}
          type="search"
          maxLength={40}
          ltr
        />
        <Field name="about" label={audit.aboutWhat} value={about} type="search" maxLength={80} />
      </Filters>
      <Answered answer={answer} lines={12}>
        {({ rows, next }) => (
          <>
            <Table
              label={audit.title}
              columns={columnsOf()}
              rows={rows}
              rowKey={(row) => row.audit}
              empty={audit.empty}
            />
            <More next={next} />
          </>
        )}
      </Answered>
    </Page>
  )
}

/** The trail keeps names of questions and deeds; the commonest have words. */
const What = ({ of }: { of: string }) => {
  const { looked, acts } = words().staff.audit
  if (of === 'sign-in' || of === 'sign-out') return acts[of]
  return of.startsWith('ask ') ? (
    <>
      {looked} <Id of={of.slice(4)} />
    </>
  ) : (
    <Id of={of} />
  )
}

const columnsOf = (): Column<AuditRow>[] => {
  const { columns, outcomes } = words().staff.audit
  return [
    { key: 'at', label: columns.at, cell: ({ at }) => <When at={at} as="second" /> },
    { key: 'who', label: columns.who, cell: ({ who }) => <Id of={who} /> },
    { key: 'what', label: columns.what, cell: ({ what }) => <What of={what} /> },
    {
      key: 'about',
      label: columns.about,
      cell: ({ about }) => (about === '' ? null : <bdi>{about}</bdi>),
    },
    {
      key: 'outcome',
      label: columns.outcome,
      cell: ({ outcome }) => <Status mark={marks[outcome]} word={outcomes[outcome]} />,
    },
    { key: 'from', label: columns.from, wideOnly: true, cell: ({ from }) => <Id of={from} /> },
  ]
}
