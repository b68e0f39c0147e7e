// Taps in the lines of a bench: they count what goes over a line, and let nothing more through once the n-th is there.
import { duplexPair, type Duplex } from 'node:stream'
import type { CardInSlot } from '../../drivers/card-reader/simulated-card/simulated-card.ts'

/** A line of the kiosk; `card` counts commands, the others count bytes. */
export type TappedLine = 'notes' | 'receipt' | 'card'
/** From the kiosk to its device, or back. A command to a card goes both ways: it is done, and its answer is lost. */
export type Way = 'to' | 'from'

export type Wanted = { line: TappedLine; way: Way; n: number; strike: () => void }

export type Taps = ReturnType<typeof taps>

export const taps = () => {
  let wanted: Wanted | null = null
  let count = 0
  /** The kiosk that is struck says and hears nothing more, until another one is there. */
  let struck = false

  const isWanted = (line: TappedLine, way: Way): boolean =>
    wanted !== null && wanted.line === line && wanted.way === way
  const strike = () => {
    struck = true
    wanted?.strike()
    wanted = null
  }
  /** What of these bytes still gets through. */
  const part = (line: TappedLine, way: Way, bytes: Buffer): Buffer => {
    if (struck) return Buffer.alloc(0)
    if (!isWanted(line, way)) return bytes
    const left = (wanted?.n ?? 0) - count
    count += bytes.length
    if (bytes.length < left) return bytes
    strike()
    // To the kiosk the n-th byte never arrives; from it, it has arrived.
    return bytes.subarray(0, way === 'to' ? left : left - 1)
  }

  const line =
    (name: 'notes' | 'receipt') =>
    (cable: Duplex): Duplex => {
      const [near, far] = duplexPair()
      near.on('error', () => undefined)
      far.on('error', () => undefined)
      const put = (to: Duplex, bytes: Buffer) => {
        if (bytes.length > 0 && to.writable) to.write(bytes)
      }
      cable.on('data', (bytes: Buffer) => put(near, part(name, 'to', bytes)))
      near.on('data', (bytes: Buffer) => put(cable, part(name, 'from', bytes)))
      cable.on('close', () => {
        near.destroy()
        far.destroy()
      })
      return far
    }

  return {
    notes: line('notes'),
    receipt: line('receipt'),
    card: (card: CardInSlot): CardInSlot => ({
      ...card,
      transmit: (command) => {
        const answer = card.transmit(command)
        if (isWanted('card', 'to') && ++count >= (wanted?.n ?? 0)) strike()
        return answer
      },
    }),
    /** Counts from now on. */
    want: (next: Wanted | null): void => {
      wanted = next
      count = 0
      struck = false
    },
    /** A new kiosk is on the lines. */
    letThrough: (): void => {
      struck = false
    },
    counted: (): number => count,
  }
}
