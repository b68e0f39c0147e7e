// A quote line by line, from what is paid to what one gets: anyone can add it up.
import type { PricedTender } from '../../../domain/quote.ts'
import type { ComponentChildren } from 'preact'
import { Energy, Money } from '../parts/values.tsx'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'
import { priceText, shareText } from './price.ts'

type Line = { key: string; label: ComponentChildren; more?: string; amount: number }

export const QuoteLines = ({ of }: { of: PricedTender }) => {
  const { simulator: said } = words().tariffs
  return (
    <dl class="quote">
      <div class="quote-edge">
        <dt>{said.pays}</dt>
        <dd>
          <Money of={of.tender} />
        </dd>
      </div>
      {linesOf(of).map(({ key, label, more, amount }) => (
        <div key={key}>
          <dt>
            {label}
            {more !== undefined && <small class="below">{more}</small>}
          </dt>
          <dd>
            <Money of={amount} />
          </dd>
        </div>
      ))}
      <div class="quote-edge">
        <dt>
          {said.gets}
          {of.freeEnergy > 0 && (
            <small class="below">
              + <Energy of={of.freeEnergy} /> {said.free}
            </small>
          )}
        </dt>
        <dd>
          <Energy of={of.energy} />
        </dd>
      </div>
    </dl>
  )
}

/** What is nothing is left out. */
const linesOf = (of: PricedTender): Line[] => {
  const { simulator: said } = words().tariffs
  const { money, energy, count } = format()
  const rate = shareText(of.vat.rate)
  const lines: Line[] = [
    { key: 'fee', label: said.fee, amount: of.fee },
    {
      key: 'fixed',
      label: said.fixed(of.fixed.period),
      more: said.fixedVat(money(of.fixed.vat)),
      amount: of.fixed.amount,
    },
    {
      key: 'arrears',
      label: said.arrears,
      more: said.arrearsLeft(money(of.arrears.after)),
      amount: of.arrears.paid,
    },
    ...of.lines.map((line) => ({
      key: `block ${line.block}`,
      label: said.block(count(line.block), energy(line.energy), priceText(line.price)),
      amount: line.exclusive,
      ...(of.vat.included > 0 ? { more: said.vatIncluded(rate, money(of.vat.included)) } : {}),
    })),
    { key: 'vat', label: said.vat(rate), amount: of.vat.amount },
    { key: 'levies', label: said.levies, amount: of.otherLevies },
    { key: 'residue', label: said.residue, amount: of.residue },
  ]
  return lines.filter(({ amount }) => amount > 0)
}
