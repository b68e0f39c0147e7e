// The simulator: who buys how much, and when; the same lines that a kiosk would show, and what they rest on.
import { useState } from 'preact/hooks'
import type { Simulation } from '../../../domain/console/tariffs.ts'
import { useAnswer } from '../asking.ts'
import { hundredthsOf } from '../customers/typed.ts'
import { Facts } from '../parts/facts.tsx'
import { Choice, Field } from '../parts/fields.tsx'
import { Beside, Page, Section } from '../parts/page.tsx'
import { Answered, Note, Problem } from '../parts/problem.tsx'
import { Energy, Id, Money } from '../parts/values.tsx'
import { go, hrefTo, Link, where, withQuery } from '../router.ts'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'
import { shareText } from './price.ts'
import { QuoteLines } from './quote-lines.tsx'

export const SimulatorPage = () => {
  const said = words().tariffs
  const { query } = where.value
  const customer = query.get('customer') ?? ''
  const wanted = hundredthsOf(query.get('wanted') ?? '')
  return (
    <Page
      title={said.simulator.title}
      about={said.simulator.about}
      crumbs={[{ href: hrefTo(['tariffs']), label: said.title }]}
    >
      <Wish key={customer} />
      {wanted === null || wanted === 0 || customer === '' ? (
        <p class="empty">{said.simulator.begin}</p>
      ) : (
        <Priced
          asked={{
            customer,
            by: query.get('by') === 'energy' ? 'energy' : 'money',
            wanted,
            ...optional('binding', query.get('binding')),
            ...optional('day', query.get('day')),
          }}
        />
      )}
    </Page>
  )
}

const optional = <Name extends string>(
  name: Name,
  value: string | null,
): Partial<Record<Name, string>> => {
  if (value === null || value === '') return {}
  const given: Partial<Record<Name, string>> = {}
  given[name] = value
  return given
}

/** Typed here, and shown once it is whole: the address is the question. */
const Wish = () => {
  const { simulator: said } = words().tariffs
  const { query } = where.value
  const [by, setBy] = useState(query.get('by') === 'energy' ? 'energy' : 'money')
  const [problem, setProblem] = useState<string | null>(null)
  const show = (values: FormData): void => {
    const read = (name: string): string => {
      const value = values.get(name)
      return typeof value === 'string' ? value.trim() : ''
    }
    const customer = read('customer').replaceAll(/\s/g, '')
    if (!/^\d{12}$/.test(customer) || hundredthsOf(read('wanted')) === null) {
      setProblem(said.wrongNumber)
      return
    }
    setProblem(null)
    const same = customer === query.get('customer')
    go(
      withQuery({
        customer,
        by,
        wanted: read('wanted'),
        day: read('day'),
        ...(same ? {} : { binding: null }),
      }),
    )
  }
  return (
    <Section title={said.title}>
      <form
        class="typed-fields"
        onSubmit={(event) => {
          event.preventDefault()
          show(new FormData(event.currentTarget))
        }}
      >
        <Field
          name="customer"
          label={said.customer}
          hint={said.customerHint}
          value={query.get('customer')}
          inputMode="numeric"
          required
          ltr
        />
        <Choice
          name="by"
          label={said.byLabel}
          as="buttons"
          value={by}
          onChoose={setBy}
          options={[
            { value: 'money', label: said.by.money },
            { value: 'energy', label: said.by.energy },
          ]}
        />
        <Field
          name="wanted"
          label={by === 'energy' ? said.energy : said.amount}
          value={query.get('wanted')}
          inputMode="decimal"
          required
          ltr
        />
        <Field
          name="day"
          label={said.day}
          hint={said.dayHint}
          type="date"
          value={query.get('day')}
          required={false}
        />
        <div class="actions">
          <button type="submit" class="button main">
            {said.show}
          </button>
        </div>
      </form>
      {problem !== null && <Problem text={problem} />}
    </Section>
  )
}

const Priced = ({
  asked,
}: {
  asked: {
    customer: string
    by: 'money' | 'energy'
    wanted: number
    binding?: string
    day?: string
  }
}) => {
  const { simulator: said } = words().tariffs
  const answer = useAnswer('simulation', asked)
  return (
    <Answered answer={answer} lines={12}>
      {(told) => (
        <Beside>
          <Section
            title={`${told.shortName} · ${format().day(told.day)}`}
            about={
              <Link href={hrefTo(['customers', asked.customer])}>
                <Id of={asked.customer} />
              </Link>
            }
          >
            {told.bindings.length > 1 && <Meters of={told} />}
            {told.outcome.kind === 'priced' ? (
              <QuoteLines of={told.outcome.priced} />
            ) : (
              <Note>
                <b>{said.refused}.</b> {said.why[told.outcome.why] ?? told.outcome.why}
              </Note>
            )}
            <p class="about">{said.nothingWritten}</p>
          </Section>
          <Rests of={told} />
        </Beside>
      )}
    </Answered>
  )
}

const Meters = ({ of }: { of: Simulation }) => (
  <p class="actions">
    {of.bindings.map(({ binding, meter }) => (
      <Link
        key={binding}
        class="button"
        href={withQuery({ binding })}
        current={binding === of.binding ? 'true' : undefined}
      >
        <Id of={meter} />
      </Link>
    ))}
  </p>
)

const Rests = ({ of }: { of: Simulation }) => {
  const { simulator: said, read } = words().tariffs
  const { money, day } = format()
  const { from, tariff, limits } = of
  return (
    <Section title={said.rests} about={said.limits(money(limits.least), money(limits.most))}>
      <Facts
        of={[
          {
            label: read.price,
            value: (
              <Link href={hrefTo(['tariffs', tariff.code], { from: tariff.validFrom })}>
                {said.version(tariff.code, day(tariff.validFrom))}
              </Link>
            ),
          },
          { label: said.meter, value: <Id of={of.meter} /> },
          { label: said.sold, value: <Energy of={from.soldThisPeriod} /> },
          { label: read.fixed, value: <Money of={from.fixedDue} /> },
          { label: said.owed, value: <Money of={from.arrears} /> },
          ...(from.arrears === 0
            ? []
            : [
                {
                  label: said.plan,
                  value: `${shareText(from.plan.share)}${from.ownPlan ? ` · ${said.ownPlan}` : ''}`,
                },
              ]),
          { label: read.free, value: <Energy of={from.freeUnits} /> },
          {
            label: said.headroom,
            value: from.headroom === null ? said.noLimit : <Energy of={from.headroom} />,
          },
        ]}
      />
    </Section>
  )
}
