// More was put in than chosen: more energy, or the rest to the account.
import { PayAndGet } from '../../parts/amount.tsx'
import { Choice } from '../../parts/button.tsx'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

export const MoreThanChosen = ({ screen, at }: ScreenProps<'more than chosen'>) => {
  const { chosen, inserted, energyForAll, energyForChosen, rest, restGoesTo } = screen
  const { texts, format, press, keypad } = at
  return (
    <>
      <section class="known">
        <Title>{texts.more.question}</Title>
        <PayAndGet
          pay={{ label: texts.notes.inserted, parts: format.moneyParts(inserted) }}
          get={null}
        />
        <p class="todo">{texts.more.told(inserted, chosen)}</p>
      </section>
      <section class="answers choices">
        <Choice
          picture="bolt"
          label={texts.more.energy(energyForAll)}
          hint={texts.more.energyHint}
          number={keypad ? 1 : null}
          press={() => press({ type: 'rest', to: 'energy' })}
        />
        <Choice
          picture={restGoesTo === 'account' ? 'account' : 'receipt'}
          label={texts.more.rest(rest, restGoesTo)}
          hint={texts.more.restHint(energyForChosen)}
          number={keypad ? 2 : null}
          press={() => press({ type: 'rest', to: 'account' })}
        />
      </section>
    </>
  )
}
