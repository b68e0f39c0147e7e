// The lines between what is paid and what is got, so that anybody can add them up.
import type { QuoteView } from '../kiosk/screen.ts'
import type { Stage } from '../kiosk/stage.ts'

type Line = { label: string; value: string; hint?: string }

export const QuoteTable = ({ quote, at }: { quote: QuoteView; at: Stage }) => (
  <table class="quote">
    <tbody>
      {linesOf(quote, at).map(({ label, value, hint }) => (
        <tr key={label}>
          <th scope="row">
            {label}
            {hint !== undefined && <small>{hint}</small>}
          </th>
          <td>
            <bdi>{value}</bdi>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

const linesOf = (quote: QuoteView, { texts, format }: Stage): Line[] => {
  const { lines } = texts.confirm
  const { money, energy } = format
  const taken = (label: string, amount: QuoteView['fee'], hint?: string): Line[] =>
    amount === 0
      ? []
      : [{ label, value: `− ${money(amount)}`, ...(hint === undefined ? {} : { hint }) }]
  const { arrears, vat } = quote
  return [
    ...taken(lines.fee, quote.fee),
    ...taken(lines.fixed, quote.fixed),
    ...taken(
      lines.arrears,
      arrears.paid,
      arrears.after > 0 ? lines.arrearsLeft(arrears.after) : undefined,
    ),
    ...quote.blocks.map((block) => ({
      label: lines.block(block.energy, block.price),
      value: money(block.cost),
    })),
    ...(vat.amount === 0 ? [] : [{ label: lines.vat(vat.rate), value: money(vat.amount) }]),
    ...(quote.otherLevies === 0 ? [] : [{ label: lines.levies, value: money(quote.otherLevies) }]),
    ...(quote.freeEnergy === 0
      ? []
      : [{ label: lines.free, value: `+ ${energy(quote.freeEnergy)}` }]),
    ...(quote.residue === 0 ? [] : [{ label: lines.residue, value: money(quote.residue) }]),
  ]
}
