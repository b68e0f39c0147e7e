// One version of a tariff as a person reads it: every number with its unit, in the order in which a purchase meets it.
import type { TariffRules } from '../../../domain/console/tariffs.ts'
import { Facts } from '../parts/facts.tsx'
import { Section } from '../parts/page.tsx'
import { Table } from '../parts/table.tsx'
import { Count } from '../parts/values.tsx'
import { format } from '../texts/format.ts'
import { language } from '../texts/language.ts'
import { words } from '../texts/words.ts'
import { priceText, shareText } from './price.ts'

export const VersionShown = ({
  rules,
  prices,
}: {
  rules: TariffRules
  prices: readonly number[]
}) => {
  const { read: said } = words().tariffs
  return (
    <>
      <Section title={said.energy} about={said.ladder[rules.ladder.period]}>
        <Table
          label={said.energy}
          rows={rules.ladder.blocks.map((block, place) => ({ ...block, place }))}
          rowKey={({ place }) => place}
          columns={[
            {
              key: 'block',
              label: said.block,
              cell: ({ place }) => (
                <>
                  <Count of={place + 1} /> · {rangeOf(rules, place)}
                </>
              ),
            },
            {
              key: 'price',
              label: said.price,
              end: true,
              cell: ({ price }) => <bdi class="value">{priceText(price)}</bdi>,
            },
            {
              key: 'all',
              label: said.withAll,
              end: true,
              cell: ({ place }) => <bdi class="value">{priceText(prices[place] ?? 0)}</bdi>,
            },
          ]}
        />
      </Section>
      <Section title={`${words().tariffs.columns.code} ${rules.code}`}>
        <Facts of={[...taxes(rules), ...charges(rules), ...policy(rules)]} />
      </Section>
    </>
  )
}

const rangeOf = ({ ladder }: TariffRules, place: number): string => {
  const { read: said } = words().tariffs
  const { energy } = format()
  const upTo = ladder.blocks[place]?.upTo ?? null
  const from = ladder.blocks[place - 1]?.upTo ?? null
  if (from === null) return upTo === null ? said.all : said.first(energy(upTo))
  return upTo === null ? said.above(energy(from)) : said.between(energy(from), energy(upTo))
}

const taxes = ({ vat, levies }: TariffRules) => {
  const { read: said } = words().tariffs
  const rate = shareText(vat.rate)
  return [
    { label: said.vat, value: vat.included ? said.vatIncluded(rate) : said.vatOnTop(rate) },
    {
      label: said.levies,
      value:
        levies.length === 0 ? (
          said.none
        ) : (
          <ul>
            {levies.map((levy) => (
              <li key={levy.names.en}>
                {levy.names[language.value]}:{' '}
                <bdi class="value">
                  {'share' in levy ? shareText(levy.share) : priceText(levy.price)}
                </bdi>{' '}
                {said.levyKinds[levy.kind]}
              </li>
            ))}
          </ul>
        ),
    },
  ]
}

const charges = ({ fixedCharges, mostMonthsOfFixedCharges, channelFee }: TariffRules) => {
  const { read: said } = words().tariffs
  const { money, count } = format()
  const { flat, share, cap } = channelFee
  const fee = [
    ...(flat > 0 ? [said.feeFlat(money(flat))] : []),
    ...(share > 0 ? [said.feeShare(shareText(share))] : []),
    ...(cap !== null && (flat > 0 || share > 0) ? [said.feeCap(money(cap))] : []),
  ]
  return [
    {
      label: said.fixed,
      value:
        fixedCharges.length === 0 ? (
          said.none
        ) : (
          <ul>
            {fixedCharges.map((charge) => (
              <li key={charge.names.en}>
                {charge.names[language.value]}: {said.monthly[charge.vat](money(charge.amount))}
              </li>
            ))}
            <li>{said.mostMonths(count(mostMonthsOfFixedCharges))}</li>
          </ul>
        ),
    },
    { label: said.fee, value: fee.length === 0 ? said.none : format().list(fee) },
  ]
}

const policy = ({ arrears, freeUnitsPerMonth, sale }: TariffRules) => {
  const { read: said } = words().tariffs
  const { money, energy } = format()
  return [
    {
      label: said.arrears,
      value:
        arrears.share === 0 ? (
          said.none
        ) : (
          <ul>
            <li>{said.share(shareText(arrears.share))}</li>
            {arrears.cap !== null && <li>{said.cap(money(arrears.cap))}</li>}
            {arrears.leastEnergyShare > 0 && (
              <li>{said.least(shareText(arrears.leastEnergyShare))}</li>
            )}
          </ul>
        ),
    },
    {
      label: said.free,
      value: freeUnitsPerMonth === 0 ? said.none : said.freeTold(energy(freeUnitsPerMonth)),
    },
    { label: said.sale, value: said.saleTold(money(sale.least), money(sale.most)) },
    { label: said.rounding, value: said.roundingTold },
  ]
}
