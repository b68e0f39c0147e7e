// Something went wrong: what happened, where the money is, what to do, whom to call, and the reference.
import { PaperState, ReceiptCode } from '../../parts/receipt.tsx'
import { Reference } from '../../parts/reference.tsx'
import { Picture } from '../../parts/pictures.tsx'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'
import { CallUs } from './call-us.tsx'

export const MishapScreen = ({ screen, at }: ScreenProps<'mishap'>) => {
  const { mishap, money, reference, receipt } = screen
  const { texts } = at
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
        <CallUs at={at} />
        {receipt.kind === 'on screen' && receipt.qr !== null && (
          <ReceiptCode text={receipt.qr} texts={texts} />
        )}
        {receipt.kind === 'on screen' ? (
          receipt.tries > 1 && <p class="more">{texts.receipt.toldAgain}</p>
        ) : (
          <PaperState receipt={receipt} texts={texts} />
        )}
      </section>
    </>
  )
}
