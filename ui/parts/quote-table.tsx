// Where the money goes, line by line with its sum, so that anybody can add it up.
import { plus, type Minor } from '../../domain/money.ts'
import type { QuoteView, RestGoesTo } from '../kiosk/screen.ts'
import type { Stage } from '../kiosk/stage.ts'

type Line = { label: string; amount: Minor; hint?: string }

export const QuoteTable = ({
  quote,
  paid,
  rest,
  restGoesTo,
  at,
}: {
  quote: QuoteView
  paid: Minor
  /** What is left over, of the notes and of the quote together. */
  rest: Minor
  restGoesTo: RestGoesTo
  at: Stage
}) => {
  const { texts, format } = at
  return (
    <table class="quote">
      <tbody>
        {linesOf({ quote, rest, restGoesTo }, at).map(({ label, amount, hint }) => (
          <tr key={label}>
            <th scope="row">
              {label}
              {hint !== undefined && <small>{hint}</small>}
            </th>
            <td>{format.money(amount)}</td>
          </tr>
        ))}
        <tr class="sum">
          <th scope="row">{texts.confirm.lines.sum}</th>
          <td>{format.money(paid)}</td>
        </tr>
        {quote.freeEnergy > 0 && (
          <tr class="free">
            <th scope="row">{texts.confirm.lines.free}</th>
            <td>{format.energy(quote.freeEnergy)}</td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

/** Before anything is paid: what goes to charges and old debt, and what is left for energy. */
export const QuoteSummary = ({ quote, at }: { quote: QuoteView; at: Stage }) => {
  const charges = plus(quote.fee, quote.fixed, quote.arrears.paid)
  if (charges === 0) return null
  const { texts, format } = at
  return (
    <table class="quote">
      <tbody>
        <tr>
          <th scope="row">{texts.confirm.lines.charges}</th>
          <td>{format.money(charges)}</td>
        </tr>
        <tr>
          <th scope="row">{texts.confirm.lines.forEnergy}</th>
          <td>{format.money(quote.energyCost)}</td>
        </tr>
      </tbody>
    </table>
  )
}

const linesOf = (
  { quote, rest, restGoesTo }: { quote: QuoteView; rest: Minor; restGoesTo: RestGoesTo },
  { texts }: Stage,
): Line[] => {
  const { lines } = texts.confirm
  const { arrears, vat } = quote
  const repaid: Line = {
    label: lines.arrears,
    amount: arrears.paid,
    ...(arrears.after > 0 ? { hint: lines.arrearsLeft(arrears.after) } : {}),
  }
  return [
    { label: lines.fee, amount: quote.fee },
    { label: lines.fixed, amount: quote.fixed },
    repaid,
    ...quote.blocks.map(({ energy, price, cost }) => ({
      label: lines.block(energy, price),
      amount: cost,
    })),
    { label: lines.vat(vat.rate), amount: vat.amount },
    { label: lines.levies, amount: quote.otherLevies },
    { label: lines.rest[restGoesTo], amount: rest },
  ].filter(({ amount }) => amount !== 0)
}
