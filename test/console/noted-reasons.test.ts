// Whatever the reconciliation, a kiosk's bank or the centre's refusal of an order notes of a closed set, the console can word.
import { expect, it } from 'vitest'
import { judge, type BankWord } from '../../centre/reconciliation/judging.ts'
import type { MoneyAtCentre } from '../../centre/reconciliation/centre-leg.ts'
import { OrderReply } from '../../domain/centre-messages.ts'
import { readReasons } from '../../domain/console/noted-reasons.ts'
import { OrderState } from '../../domain/order.ts'
import { ClosedReason } from '../../domain/service/service-entries.ts'

const words: BankWord[] = ['charged', 'not charged', 'no file']
const places = ['order', 'account', 'suspense', 'payer', 'unpaid delivery', 'nowhere'] as const

const moneyAt = (place: (typeof places)[number], state: OrderState, isLoaded: boolean) =>
  ({
    place,
    ended: 'kept',
    order: { state },
    delivery: { kind: isLoaded ? 'loaded' : 'not loaded' },
  }) as unknown as MoneyAtCentre

it('every judgement of the reconciliation', () => {
  const judged = words.flatMap((bank) => [
    judge(bank, null),
    ...places.flatMap((place) =>
      OrderState.options.flatMap((state) =>
        [true, false].map((isLoaded) => judge(bank, moneyAt(place, state, isLoaded))),
      ),
    ),
  ])
  expect(new Set(judged.map(({ why }) => why)).size).toBeGreaterThan(15)
  for (const { why } of judged) expect([why, readReasons(why)]).not.toEqual([why, null])
})

it('every refusal of an order, and every reason to close a kiosk', () => {
  const refused = OrderReply.options.flatMap((option) =>
    'why' in option.shape ? option.shape.why.options : [],
  )
  expect(refused.length).toBeGreaterThan(4)
  for (const why of [...refused, ...ClosedReason.options]) {
    expect([why, readReasons(why)]).not.toEqual([why, null])
  }
})
