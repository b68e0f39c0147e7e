// How much: a suggestion, or digits on the screen or the keypad; by money or by energy.
import { Amount } from '../../parts/amount.tsx'
import { Keypad } from '../../parts/keypad.tsx'
import { Picture } from '../../parts/pictures.tsx'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

const bases = ['money', 'energy'] as const

export const ChooseAmount = ({ screen, at }: ScreenProps<'choose amount'>) => {
  const { by, typed, suggestions, problem, least, most } = screen
  const { texts, format, press } = at
  const parts = by === 'money' ? format.wholeParts : format.wholeEnergyParts
  const words = by === 'money' ? format.whole : format.wholeEnergy
  return (
    <>
      <section class="known amount-known">
        <Title>{texts.amount.question[by]}</Title>
        <div class="bases" role="group">
          {bases.map((base) => (
            <button
              type="button"
              key={base}
              aria-pressed={base === by}
              onClick={() => press({ type: 'amount by', by: base })}
            >
              {texts.amount.by[base]}
            </button>
          ))}
        </div>
        <div class={`typed ${typed === '' ? 'empty' : ''}`}>
          {typed === '' ? (
            <p>{texts.amount.chooseOrType}</p>
          ) : (
            <p role="status">
              <Amount parts={parts(Number(typed))} size="huge" />
            </p>
          )}
          {problem === null ? (
            <p class="limits">{texts.amount.limits(least, most)}</p>
          ) : (
            <p class="notice attention" role="alert">
              <Picture name="attention" />
              <span>{texts.amount.problem(problem)}</span>
            </p>
          )}
        </div>
        <div class="suggestions" data-by={by}>
          {suggestions.map((value) => (
            <button
              type="button"
              key={value}
              aria-label={words(value)}
              onClick={() => press({ type: 'suggestion', value })}
            >
              <Amount parts={parts(value)} size="middle" />
            </button>
          ))}
        </div>
      </section>
      <section class="answers">
        <Keypad
          label={texts.amount.digits}
          eraseLabel={texts.amount.erase}
          digit={(digit) => press({ type: 'digit', digit })}
          erase={() => press({ type: 'erase' })}
        />
      </section>
    </>
  )
}
