// Listens at a device line without changing it: every chunk goes on as it came, in both directions.
import { Duplex } from 'node:stream'
import type { Clock } from '../clock.ts'

export type Tapped = {
  out: (bytes: Uint8Array) => void
  in: (bytes: Uint8Array) => void
  /** What was written last has been taken, and not at once. */
  taken: () => void
  closed: () => void
}

/** A line that takes longer than this holds its driver up. */
const slowMs = 5

/**
 * The same line for a driver. Its bytes are told before they go on; it closes when the line does, and with the same error, and
 * the line closes when the driver lets go of it.
 */
export const tapped = (line: Duplex, tell: Tapped, clock: Pick<Clock, 'monotonic'>): Duplex => {
  const tap = new Duplex({
    // Whatever waits to be read stands in the line itself.
    readableHighWaterMark: 0,
    read: () => void line.resume(),
    write: (chunk: Uint8Array, _encoding, done) => {
      tell.out(chunk)
      const since = clock.monotonic()
      line.write(chunk, (error) => {
        if (clock.monotonic() - since >= slowMs) tell.taken()
        done(error)
      })
    },
    final: (done) => void line.end(done),
    destroy: (error, done) => {
      line.destroy()
      done(error)
    },
  })
  // Whoever has opened it may not listen yet; the driver's own listener hears of it all the same.
  tap.on('error', () => {})
  line.on('data', (chunk: Uint8Array) => {
    tell.in(chunk)
    if (!tap.push(chunk)) line.pause()
  })
  line.once('end', () => tap.push(null))
  line.once('error', (error) => tap.destroy(error))
  line.once('close', () => {
    tell.closed()
    tap.destroy()
  })
  return tap
}
