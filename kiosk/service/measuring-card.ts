// How fast a card answers: read several times, and nothing else.
import { selectApplication, statusWord } from '../../domain/power-card/apdu.ts'
import type { CardLine } from '../../drivers/card-reader/card-reader.ts'
import type { CardMeasured } from '../../state-machines/testing-card-reader.ts'
import type { Clock } from '../clock.ts'

/** An odd number has a middle. */
export const measuredTimes = 5

/** SELECT changes nothing on a card: no session, no count, no file (power-card.md 6.3). */
export const measureCard = async (
  line: CardLine,
  { monotonic }: Pick<Clock, 'monotonic'>,
): Promise<CardMeasured> => {
  const tookMs: number[] = []
  for (let time = 0; time < measuredTimes; time += 1) {
    const begunMs = monotonic()
    const reply = await line.exchange(selectApplication())
    if (reply.kind !== 'answered' || reply.statusWord !== statusWord.done) {
      return { kind: 'does not answer' }
    }
    tookMs.push(monotonic() - begunMs)
  }
  const medianMs = tookMs.sort((one, other) => one - other)[(measuredTimes - 1) / 2] ?? 0
  return { kind: 'measured', medianMs: Math.round(medianMs) }
}
