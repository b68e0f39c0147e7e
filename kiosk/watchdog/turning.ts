// Notes that the loop of a device runs: it has come to open its line, or to ask the card daemon, whatever the answer.
import type { CardService } from '../../drivers/card-reader/pcsc/service.ts'

/** The line is opened as before. */
export const turning =
  <Opened>(turned: () => void, open: () => Opened): (() => Opened) =>
  () => {
    turned()
    return open()
  }

/** Every question to the card daemon counts, whether it answers or hangs. */
export const turningCards = (turned: () => void, service: CardService): CardService => ({
  open: (hear) => {
    turned()
    const context = service.open(hear)
    return (
      context && {
        close: () => context.close(),
        answers: (reader) => {
          turned()
          return context.answers(reader)
        },
      }
    )
  },
})
