// The kiosk stopped in the middle of a purchase: where the money is, what is on the card, what to do, and the reference.
import { Picture } from '../../parts/pictures.tsx'
import { Reference } from '../../parts/reference.tsx'
import type { ScreenProps } from '../stage.ts'
import { Title } from '../title.tsx'
import { CallUs } from './call-us.tsx'

export const Interrupted = ({ screen, at }: ScreenProps<'interrupted'>) => {
  const { money, energy, cardIn, slip } = screen
  const { interrupted: words, mishap, take } = at.texts
  return (
    <>
      <section class="known mishap">
        <Title>{words.title}</Title>
        {money.length < 3 && <p class="todo">{words.happened}</p>}
        <div class="part money">
          <Picture name="notes" />
          <h2>{mishap.moneyTitle}</h2>
          {/* A line for each place: sums that run together are not read. */}
          <p>
            {money.map((place) => (
              <span class="place" key={place.kind}>
                {mishap.money(place)}
              </span>
            ))}
          </p>
        </div>
        <div class="part">
          <Picture name="card" />
          <h2>{words.energyTitle}</h2>
          <p>
            {words.energy[energy]} {cardIn ? words.cardNext : words.todo[energy]}
          </p>
        </div>
      </section>
      <section class="answers mishap-reference">
        <Reference reference={screen.reference} texts={at.texts} />
        <CallUs at={at} />
        <p class="paper-state">
          <Picture name="receipt" />
          {slip === 'comes later' ? words.slipLater : take.receipt[slip]}
        </p>
      </section>
    </>
  )
}
