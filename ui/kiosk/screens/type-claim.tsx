// The number of a claim slip, digit by digit; a wrong one is found out here, before anybody is asked.
import { Keypad } from '../../parts/keypad.tsx'
import { Picture } from '../../parts/pictures.tsx'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'

export const TypeClaim = ({ screen, at }: ScreenProps<'type claim'>) => {
  const { typed, wrong } = screen
  const { texts, press } = at
  const groups = typed.padEnd(12, '–').match(/.{4}/g) ?? []
  return (
    <>
      <section class="known claim-number">
        <Title>{texts.claim.title}</Title>
        <p class="todo">{texts.claim.where}</p>
        <p class="digits" role="status" dir="ltr">
          {groups.map((group, at) => (
            <span key={at}>{group}</span>
          ))}
        </p>
        {wrong && (
          <p class="notice attention" role="alert">
            <Picture name="attention" />
            <span>{texts.claim.wrong}</span>
          </p>
        )}
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
