// The proof on a receipt: the sale as one line of text, signed by the centre, for the QR code (domain.md 11.1).
//
// Anyone with the centre's public key can check it and add the sale up again:
//
//   WP1 o=2611230000000042 s=LOADED n=7 c=6677 t=20000 f=0 x=1000 a=5700 e=13300 r=0 k=8910 b=6000*12000,2910*15000
//   v=1735 l=0 d=2026-11-23T08:45:00.000Z <signature>
//
// o order, s state, n purchase count, c end of the card serial; in 1/100 currency unit: t tender, f fee, x fixed charges,
// a arrears, e energy with taxes, v VAT on top of the blocks, l other levies, r remainder to the account; k energy on the
// card and b blocks as energy*price, in 0.01 kWh and 1/10000 unit per kWh; d when it was reserved. t = f + x + a + e + r.
import type { OrderRow } from './order-states.ts'
import { quoteOf } from './orders-in-books.ts'
import { momentOf, type Turn } from './turn.ts'

/** Null unless the order is proven on the card: nothing else is worth a signature. */
export const receiptOf = async (
  turn: Pick<Turn, 'work' | 'security'>,
  order: OrderRow,
): Promise<string | null> => {
  if (order.state !== 'LOADED') return null
  const text = await receiptText(turn, order)
  return `${text} ${await turn.security.signReceipt(text)}`
}

const receiptText = async (turn: Pick<Turn, 'work'>, order: OrderRow): Promise<string> => {
  const { quote } = await quoteOf(turn, order)
  const blocks = quote.lines.map(({ energy, price }) => `${energy}*${price}`)
  return [
    'WP1',
    `o=${order.order_number}`,
    `s=${order.state}`,
    `n=${order.count}`,
    `c=${order.serial.slice(-4)}`,
    `t=${quote.tender}`,
    `f=${quote.fee}`,
    `x=${quote.fixed.amount}`,
    `a=${quote.arrears.paid}`,
    `e=${quote.charged}`,
    `r=${quote.residue}`,
    `k=${order.energy + order.free_energy}`,
    `b=${blocks.join(',')}`,
    `v=${quote.vat.amount}`,
    `l=${quote.otherLevies}`,
    `d=${momentOf(order.created_at)}`,
  ].join(' ')
}
