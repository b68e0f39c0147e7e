// An older purchase is open and proven not to be on the card: finish it now, or take the money back to the account.
import { Choice } from '../../parts/button.tsx'
import { PayAndGet } from '../../parts/amount.tsx'
import { Reference } from '../../parts/reference.tsx'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

export const OpenOrder = ({ screen, at }: ScreenProps<'open order'>) => {
  const { energy, paid, mayReturn, reference } = screen
  const { texts, format, press, keypad } = at
  return (
    <>
      <section class="known">
        <Title>{texts.openOrder.title}</Title>
        <PayAndGet
          pay={{ label: texts.openOrder.paid, parts: format.moneyParts(paid) }}
          get={{ label: texts.get, parts: format.energyParts(energy) }}
        />
        <p class="todo">{texts.openOrder.told(energy, paid)}</p>
      </section>
      <section class="answers choices">
        <Reference reference={reference} texts={texts} />
        {mayReturn ? (
          <Choice
            picture="account"
            label={texts.openOrder.giveBack}
            number={keypad ? 1 : null}
            press={() => press({ type: 'return order' })}
          />
        ) : (
          <p class="more">{texts.openOrder.noReturn}</p>
        )}
      </section>
    </>
  )
}
