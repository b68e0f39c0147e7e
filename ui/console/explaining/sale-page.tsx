// One sale explained: the answer, what to read out, and beside it everything that happened, line by line.
import type { Explained } from '../../../domain/console/explaining.ts'
import { useAnswer } from '../asking.ts'
import type { PageProps } from '../pages.tsx'
import { Facts } from '../parts/facts.tsx'
import { Page, Section } from '../parts/page.tsx'
import { Answered } from '../parts/problem.tsx'
import { Status } from '../parts/status.tsx'
import { Energy, Id, When } from '../parts/values.tsx'
import { hrefTo, Link, where } from '../router.ts'
import { words } from '../texts/words.ts'
import { AnswerBox } from './answer-box.tsx'
import { SaleTable } from './explain-page.tsx'
import { markOf } from './marks.ts'
import { ReadOut } from './read-out.tsx'
import { SaleTimeline } from './sale-timeline.tsx'
import { SearchField } from './search-field.tsx'

/** Something may have come in since: a card seen again, a closing, a second person's decision. */
const everyMs = 30_000

export const SalePage = ({ part }: PageProps) => {
  const said = words().explaining
  const text = where.value.query.get('q') ?? ''
  const answer = useAnswer('explain/sale', { sale: part('sale') }, { everyMs })
  const shown = answer.kind === 'told' ? answer.told.reference.words.join(' ') : null
  return (
    <Page
      title={shown ?? said.title}
      crumbs={[{ href: hrefTo(['explain'], { q: text }), label: said.title }]}
    >
      <SearchField text={text} />
      <Answered answer={answer} lines={18}>
        {(sale) => <Sale sale={sale} />}
      </Answered>
    </Page>
  )
}

const Sale = ({ sale }: { sale: Explained }) => {
  const said = words().explaining
  return (
    <div class="explain-sale">
      <Head sale={sale} />
      <AnswerBox sale={sale} />
      <div class="explain-below">
        <SaleTimeline sale={sale} />
        <div class="explain-side">
          <ReadOut sale={sale} />
          <Section title={said.sale}>
            <Facts of={factsOf(sale)} />
          </Section>
        </div>
      </div>
      {sale.others.length > 0 && (
        <Section title={said.others} about={said.othersAbout} bare>
          <SaleTable sales={sale.others} />
        </Section>
      )}
    </div>
  )
}

const Head = ({ sale }: { sale: Explained }) => (
  <p class="explain-head">
    <Status mark={markOf[sale.outcome]} word={words().explaining.outcomes[sale.outcome]} />
    <When at={sale.at} />
    {sale.kiosk !== null && <bdi>{sale.kiosk.place || sale.kiosk.number}</bdi>}
    <Id of={sale.reference.number} />
  </p>
)

const factsOf = (sale: Explained) => {
  const said = words().explaining
  const { reference, kiosk, card, customer, meter, order } = sale
  return [
    { label: said.facts.reference, value: <Id of={reference.number} /> },
    { label: said.facts.words, value: <Id of={reference.words.join(' ')} /> },
    ...(kiosk === null
      ? []
      : [
          {
            label: said.facts.kiosk,
            value: (
              <>
                <bdi>{kiosk.place}</bdi> <Id of={kiosk.number} />
              </>
            ),
          },
        ]),
    ...(customer === null
      ? []
      : [{ label: said.facts.customer, value: <CustomerName customer={customer} /> }]),
    ...(card === null ? [] : [{ label: said.facts.card, value: <Id of={card} /> }]),
    ...(meter === null ? [] : [{ label: said.facts.meter, value: <Id of={meter} /> }]),
    ...(order === null
      ? []
      : [
          { label: said.facts.order, value: <Id of={order.number} /> },
          { label: said.facts.state, value: said.states[order.state] },
          { label: said.facts.energy, value: <Energy of={order.energy} /> },
        ]),
    { label: said.facts.sale, value: <Id of={sale.sale} /> },
  ]
}

const CustomerName = ({ customer }: { customer: NonNullable<Explained['customer']> }) => (
  <>
    <bdi>{customer.name}</bdi>{' '}
    {customer.whole ? (
      <Link href={hrefTo(['customers', customer.number])}>
        <Id of={customer.number} />
      </Link>
    ) : (
      <Id of={customer.number} />
    )}
  </>
)
