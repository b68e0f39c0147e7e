// Something went wrong: what happened, where the money is, what to do, whom to call, and the reference.
import { ReceiptCode } from '../../parts/receipt.tsx'
import { Reference } from '../../parts/reference.tsx'
import { Picture } from '../../parts/pictures.tsx'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

export const MishapScreen = ({ screen, at }: ScreenProps<'mishap'>) => {
  const { mishap, money, reference, receipt } = screen
  const { texts, view } = at
  const words = texts.mishap
  return (
    <>
      <section class="known mishap">
        <Title>{words.title[mishap]}</Title>
        <p class="todo">{words.happened[mishap]}</p>
        <div class="part money">
          <Picture name="notes" />
          <h2>{words.moneyTitle}</h2>
          <p>{words.money(money)}</p>
        </div>
        <div class="part">
          <Picture name="card" />
          <h2>{words.todoTitle}</h2>
          <p>{words.todo[mishap]}</p>
        </div>
      </section>
      <section class="answers mishap-reference">
        <Reference reference={reference} texts={texts} />
        <p class="call">
          <Picture name="phone" />
          <span>
            {words.callTitle} {words.call(view.kiosk.phone.replaceAll(' ', '\u00a0'))}
          </span>
        </p>
        {receipt.kind === 'on screen' && receipt.qr !== null && (
          <ReceiptCode text={receipt.qr} texts={texts} />
        )}
        {(receipt.kind === 'printing' || receipt.kind === 'on paper') && (
          <p class="paper-state">
            <Picture name="receipt" />
            {texts.take.receipt[receipt.kind]}
          </p>
        )}
      </section>
    </>
  )
}
