// What a clerk reads out, word for word: when and where, what happened, where the money is, what to do, and the reference.
import type { Explained, Option } from '../../../domain/console/explaining.ts'
import { Section } from '../parts/page.tsx'
import { words } from '../texts/words.ts'
import { adviceOf, say, sentence } from './say.ts'

/** Options that are the clerk's business and not the caller's. */
const notForCaller = new Set<Option['kind']>([
  'propose return',
  'propose paying claim',
  'propose redeeming claim',
  'no return',
  'call accounts',
  'nothing to do',
  'receipt again',
])

export const ReadOut = ({ sale }: { sale: Explained }) => {
  const said = words().explaining
  return (
    <Section title={said.readOut} about={said.readOutAbout}>
      <div class="explain-read-out">
        {readingsOf(sale).map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
    </Section>
  )
}

/** Several ways are told as notes that were put in: so it began. */
const wayOf = ({
  bank,
  account,
  total,
}: Explained['money']['tendered']): 'cash' | 'bank' | 'account' =>
  bank === total ? 'bank' : account === total ? 'account' : 'cash'

const readingsOf = (sale: Explained): string[] => {
  const said = words().explaining
  const { readings } = said
  const { at, kiosk, money, outcome, options, reference } = sale
  const when = say.when(at)
  const place = say.id(kiosk === null ? '—' : kiosk.place || kiosk.number)
  const { tendered, differences } = money
  const visit =
    tendered.total === 0
      ? readings.visitNothing({ when, where: place })
      : readings.visit[wayOf(tendered)]({ when, where: place, amount: say.money(tendered.total) })
  const name = readings.reference({
    number: say.id(reference.number),
    words: say.id(reference.words.join(', ')),
  })
  if (differences.length > 0) return [visit, readings.differs, name]
  const advice = options
    .filter(({ kind }) => !notForCaller.has(kind))
    .map((option) =>
      option.kind === 'meter advice'
        ? said.meter[adviceOf(option.code)]
        : sentence(said.options, option),
    )
  return [
    visit,
    said.happenedIn[outcome],
    money.heaps.map(({ kind, amount }) => readings.heaps[kind](say.money(amount))).join(' '),
    ...advice,
    name,
    ...(tendered.bank > 0 ? [readings.noCardNumber] : []),
  ].filter((text) => text !== '')
}
