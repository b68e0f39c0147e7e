// The end of a visit: take the card, and the receipt where there is one.
import { Choice } from '../../parts/button.tsx'
import { OutcomeSum } from '../../parts/outcome.tsx'
import { Picture } from '../../parts/pictures.tsx'
import { PaperState } from '../../parts/receipt.tsx'
import type { ScreenProps } from '../stage.ts'
import { again } from '../ways.ts'
import { Title } from '../title.tsx'

export const TakeCard = ({ screen, at }: ScreenProps<'take card'>) => {
  const { after, receipt, urgent, undo } = screen
  const { texts, press, keypad } = at
  const more = again(receipt, texts)
  return (
    <section class={`known telling taking ${urgent ? 'urgent' : ''}`}>
      <Title>
        <Picture name="card" />
        <span>{urgent ? texts.take.urgent : texts.take.title}</span>
      </Title>
      {urgent && <p class="todo">{texts.take.title}</p>}
      <OutcomeSum outcome={after} at={at} />
      {undo === 'failed' && <p class="more">{texts.undo.failed}</p>}
      <PaperState receipt={receipt} texts={texts} />
      <div class="choices">
        {undo === 'offered' && (
          <Choice
            picture="account"
            label={texts.undo.button}
            number={keypad ? 1 : null}
            press={() => press({ type: 'take back' })}
          />
        )}
        {more !== null && (
          <Choice
            picture="receipt"
            label={more.label}
            number={keypad ? (undo === 'offered' ? 2 : 1) : null}
            press={() => press(more.press)}
          />
        )}
      </div>
    </section>
  )
}
