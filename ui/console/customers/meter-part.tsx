// One meter of a customer with its tariff, its last reading and its cards.
import { useState } from 'preact/hooks'
import type { BindingInOffice } from '../../../domain/console/customers.ts'
import { Facts, type Fact } from '../parts/facts.tsx'
import { Section } from '../parts/page.tsx'
import { Note } from '../parts/problem.tsx'
import { Energy, Id, When } from '../parts/values.tsx'
import { hrefTo, Link } from '../router.ts'
import { may } from '../signed-in.ts'
import { format } from '../texts/format.ts'
import { language } from '../texts/language.ts'
import { words } from '../texts/words.ts'
import { Cards } from './cards-part.tsx'
import { MeterDialog } from './meter-dialog.tsx'
import { TariffDialog } from './tariff-dialog.tsx'

export const Meter = ({ of, customer }: { of: BindingInOffice; customer: string }) => {
  const { meters: said } = words().customers
  const [act, setAct] = useState<'meter' | 'tariff' | null>(null)
  const close = () => setAct(null)
  return (
    <Section
      title={`${said.title} ${of.meter}`}
      about={of.ended === null ? undefined : said.ended(format().dayOf(of.ended.at))}
      actions={
        of.ended === null ? (
          <>
            <Link
              class="button"
              href={hrefTo(['tariffs', 'simulator'], { customer, binding: of.binding })}
            >
              {said.simulate}
            </Link>
            {may('change customers') && (
              <button type="button" class="button" onClick={() => setAct('tariff')}>
                {said.changeTariff}
              </button>
            )}
            {may('change cards') && (
              <button type="button" class="button" onClick={() => setAct('meter')}>
                {said.changeMeter}
              </button>
            )}
          </>
        ) : undefined
      }
    >
      {of.inquiry !== null && (
        <Note>
          {said.inquiry}: <bdi>{of.inquiry}</bdi>
        </Note>
      )}
      <div class="in-two">
        <Facts of={factsOf(of)} />
      </div>
      <Cards of={of} />
      {act === 'meter' && <MeterDialog of={of} onClose={close} />}
      {act === 'tariff' && <TariffDialog of={of} customer={customer} onClose={close} />}
    </Section>
  )
}

const factsOf = (of: BindingInOffice): Fact[] => {
  const { meters: said } = words().customers
  const { reading, unread } = of
  return [
    {
      label: said.tariff,
      value: (
        <>
          <Link href={hrefTo(['tariffs', of.tariff.code])}>
            <Id of={of.tariff.code} /> {of.tariff.names?.[language.value] ?? ''}
          </Link>
          {of.assigned.map(({ code, from }) => (
            <small key={from} class="below">
              {said.toCome(code, format().day(from))}
            </small>
          ))}
        </>
      ),
    },
    { label: said.area, value: <bdi>{of.areaName ?? String(of.area)}</bdi> },
    {
      label: said.reading,
      value:
        reading === null ? (
          said.never
        ) : (
          <>
            <Energy of={reading.remaining} />
            <small class="below">
              <When at={reading.at} />
            </small>
          </>
        ),
    },
    ...(reading === null
      ? []
      : [
          { label: said.usedThis, value: <Energy of={reading.usedThisMonth} /> },
          { label: said.usedLast, value: <Energy of={reading.usedLastMonth} /> },
        ]),
    { label: said.sold, value: <Energy of={of.soldThisPeriod} /> },
    ...(unread === null
      ? []
      : [
          {
            label: said.unread,
            value: (
              <Link href={hrefTo(['explain'], { q: unread.orderNumber })}>
                <Energy of={unread.energy} />
              </Link>
            ),
          },
        ]),
    ...(of.makeUpDue === 0 ? [] : [{ label: said.makeUp, value: <Energy of={of.makeUpDue} /> }]),
    ...(of.hoardingLimit === 0
      ? []
      : [{ label: said.limit, value: <Energy of={of.hoardingLimit} /> }]),
  ]
}
