// Everything that happened in a sale, on one wire: a sentence each, how sure it is, and which records tell of it.
import type { Explained, TimelineLine } from '../../../domain/console/explaining.ts'
import { Section } from '../parts/page.tsx'
import { Status } from '../parts/status.tsx'
import { Timeline, type TimelineEvent } from '../parts/timeline.tsx'
import { Id } from '../parts/values.tsx'
import { words } from '../texts/words.ts'
import { markOf, markOfFact } from './marks.ts'
import { sentence } from './say.ts'

export const SaleTimeline = ({ sale }: { sale: Explained }) => {
  const said = words().explaining
  const events: TimelineEvent[] = [
    ...sale.timeline.map((line, at) => eventOf(line, { at, home: sale.kiosk?.number ?? null })),
    {
      key: 'now',
      at: null,
      mark: markOf[sale.outcome],
      title: (
        <>
          {said.now}: {said.happenedIn[sale.outcome]}
        </>
      ),
    },
  ]
  return (
    <Section title={said.timeline} about={`${said.timelineAbout} ${said.journals[sale.journal]}`}>
      <Timeline label={said.timeline} of={events} />
    </Section>
  )
}

const eventOf = (
  { at, kiosk, fact, sure, sources }: TimelineLine,
  of: { at: number; home: string | null },
): TimelineEvent => {
  const said = words().explaining
  const elsewhere = kiosk !== null && kiosk.number !== of.home
  return {
    key: `${of.at} ${fact.kind}`,
    at,
    mark: markOfFact(fact.kind),
    title: sentence(said.told, fact),
    told: (
      <ul class="explain-sources">
        {sure !== null && (
          <li class="explain-sure" data-sure={sure}>
            {sure === 'not known' ? (
              <Status mark="attention" word={said.sure[sure]} />
            ) : (
              said.sure[sure]
            )}
          </li>
        )}
        {elsewhere && (
          <li>
            <bdi>{kiosk.place}</bdi> <Id of={kiosk.number} />
          </li>
        )}
        {sources.map(({ from, which }) => (
          <li key={from}>
            {said.sources[from]} <Id of={which} />
          </li>
        ))}
      </ul>
    ),
  }
}
