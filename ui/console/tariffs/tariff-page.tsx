// One tariff: its versions with their days, one of them as a person reads it, and what differs from the one before.
import type { TariffInOffice } from '../../../domain/console/tariffs.ts'
import { useAnswer } from '../asking.ts'
import { Beside, Page, Section } from '../parts/page.tsx'
import { Answered } from '../parts/problem.tsx'
import { Status, type Mark } from '../parts/status.tsx'
import { When } from '../parts/values.tsx'
import type { PageProps } from '../pages.tsx'
import { hrefTo, Link, where, withQuery } from '../router.ts'
import { may } from '../signed-in.ts'
import { format } from '../texts/format.ts'
import { language } from '../texts/language.ts'
import { words } from '../texts/words.ts'
import { DifferencesShown } from './differences-shown.tsx'
import { VersionShown } from './version-shown.tsx'

const marks = {
  past: 'quiet',
  'in force': 'well',
  'to come': 'attention',
} as const satisfies Record<TariffInOffice['state'], Mark>

export const TariffPage = ({ part }: PageProps) => {
  const code = part('code')
  const said = words().tariffs
  const from = where.value.query.get('from')
  const answer = useAnswer('tariff', { code, ...(from === null ? {} : { validFrom: from }) })
  const name = answer.kind === 'told' ? answer.told.rules.names[language.value] : ''
  return (
    <Page
      title={`${code} ${name}`.trim()}
      about={
        answer.kind === 'told' ? (
          <>
            {said.versions.from(format().day(answer.told.rules.validFrom))} ·{' '}
            <Status mark={marks[answer.told.state]} word={said.states[answer.told.state]} /> ·{' '}
            {said.columns.meters}: {format().count(answer.told.bindings)}
          </>
        ) : undefined
      }
      crumbs={[{ href: hrefTo(['tariffs']), label: said.title }]}
      actions={
        may('change tariffs') ? (
          <Link
            class="button main"
            href={hrefTo(['tariffs', code, 'new'], { from: from ?? undefined })}
          >
            {said.versions.change}
          </Link>
        ) : undefined
      }
    >
      <Answered answer={answer} lines={16}>
        {(told) => (
          <div class="page">
            <Beside wide>
              <div class="page">
                <VersionShown rules={told.rules} prices={told.prices} />
                <DifferencesShown of={told.differences} isFirst={told.before === null} />
              </div>
              <Versions of={told} />
            </Beside>
          </div>
        )}
      </Answered>
    </Page>
  )
}

const Versions = ({ of }: { of: TariffInOffice }) => {
  const { versions: said, states, draft } = words().tariffs
  const { day } = format()
  return (
    <Section title={said.title}>
      <ol class="versions">
        {of.versions.toReversed().map(({ validFrom, state, through }) => (
          <li key={validFrom}>
            <Link
              href={withQuery({ from: validFrom })}
              current={validFrom === of.rules.validFrom ? 'true' : undefined}
            >
              {said.from(day(validFrom))}
              {through !== null && ` ${said.through(day(through))}`}
            </Link>
            <Status mark={marks[state]} word={states[state]} />
          </li>
        ))}
      </ol>
      <p class="about">
        {of.taken === null ? (
          said.fromFile
        ) : (
          <>
            {said.taken(of.taken.by, of.taken.approvedBy)} · <When at={of.taken.at} />. “
            <bdi>{of.taken.why}</bdi>”
          </>
        )}
      </p>
      {of.drafts.length > 0 && (
        <>
          <h3>{draft.open}</h3>
          <ul>
            {of.drafts.map((it) => (
              <li key={it.draft}>
                <Link href={hrefTo(['tariffs', 'draft', it.draft])}>
                  {said.from(day(it.validFrom))} · {draft.by(it.by)}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}
