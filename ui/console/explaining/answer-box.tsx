// The answer in three parts: what happened, where the money is now, what may be done.
import type { Explained } from '../../../domain/console/explaining.ts'
import { MarkShape } from '../parts/status.tsx'
import { words } from '../texts/words.ts'
import { Link } from '../router.ts'
import { saleHref } from './explain-page.tsx'
import { markOf } from './marks.ts'
import { MoneyNow } from './money-now.tsx'
import { Options } from './options.tsx'
import { sentence } from './say.ts'

export const AnswerBox = ({ sale }: { sale: Explained }) => {
  const said = words().explaining
  const { outcome, remarks, money } = sale
  return (
    <section class="explain-answer" aria-label={said.answer} data-mark={markOf[outcome]}>
      <div class="explain-part">
        <h2>{said.happened}</h2>
        <p class="explain-outcome">
          <MarkShape mark={markOf[outcome]} />
          <span>{said.happenedIn[outcome]}</span>
        </p>
        <ul class="explain-remarks">
          {remarks.map((remark) => (
            <li key={JSON.stringify(remark)}>
              {sentence(said.remarks, remark)}{' '}
              {remark.kind === 'another sale near' && (
                <Link href={saleHref(remark.sale)}>{said.another}</Link>
              )}
            </li>
          ))}
          {money.valuelessNotes > 0 && <li>{said.valueless(money.valuelessNotes)}</li>}
        </ul>
      </div>
      <div class="explain-part">
        <h2>{said.whereNow}</h2>
        <MoneyNow money={money} />
      </div>
      <div class="explain-part">
        <h2>{said.mayDo}</h2>
        <Options sale={sale} />
      </div>
    </section>
  )
}
