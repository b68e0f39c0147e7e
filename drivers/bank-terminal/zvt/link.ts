// One APDU out with its acknowledgement, and every APDU that comes, once: over a serial line (devices.md 10.2) or over TCP.
//
//   send(apdu) -> frame -> line ->          again after NAK or T2, twice at most; ACK or a new APDU ends it
//   ACK, NAK -> line ->                     at once, before anything is done with a frame
//   hear(apdu) <- frame <- line <-
import type { Duplex } from 'node:stream'
import type { Clock } from '../../clock.ts'
import { decodeApdus, encodeApdu, type Apdu } from './apdu.ts'
import { hexOf } from './bytes.ts'
import { ack, decodeFrames, encodeFrame, nak, type Discarded } from './frames.ts'

export const linkDelays = {
  /** T1: between two bytes of a frame. */
  betweenBytesMs: 200,
  /** T2: until ACK or NAK. */
  acknowledgeMs: 5_000,
}

/** After NAK or T2. */
export const mostRepeats = 2

/** Only 'sent' says that the terminal has it; on TCP, that it is on its way. */
export type Sent = 'sent' | 'not acknowledged' | 'closed'

/** What the line is like: counted for the heartbeat, written to the diagnostic log. Never the bytes: they may be card data. */
export type LineReport =
  | Discarded
  | { kind: 'duplicate'; control: number }
  | { kind: 'sent again'; why: 'NAK' | 'no answer' }

export type LinkOptions = {
  clock: Pick<Clock, 'after'>
  hear: (apdu: Apdu) => void
  report: (report: LineReport) => void
  /** The line is gone, also while nothing is sent. */
  gone: () => void
}

export type Link = {
  /** One after another. Never rejects. */
  send: (apdu: Apdu) => Promise<Sent>
  isOpen: () => boolean
  /** Lets the line go and closes it; what is still being sent ends 'closed'. */
  close: () => void
}

/** What both kinds of line share: they open, they end, and they are let go. */
const held = (
  line: Duplex,
  { onData, onEnd }: { onData: (chunk: Uint8Array) => void; onEnd: () => void },
) => {
  let open = true
  const onClose = () => {
    if (!open) return
    open = false
    onEnd()
  }
  line.on('data', onData).on('end', onClose).on('close', onClose).on('error', onClose)
  return {
    isOpen: () => open,
    close: () => {
      line.off('data', onData).off('end', onClose).off('close', onClose).off('error', onClose)
      // Closing can fail late; a line we have let go must not end the process.
      line.on('error', () => {})
      onClose()
      line.destroy()
    },
  }
}

/** Devices.md 10.2, TCP: the APDU as it is, split anywhere, without acknowledgement. */
export const tcpLink = (line: Duplex, { hear, gone }: LinkOptions): Link => {
  let rest: Uint8Array = Uint8Array.of()
  const { isOpen, close } = held(line, {
    onData: (chunk) => {
      const { out, rest: left } = decodeApdus(Uint8Array.of(...rest, ...chunk))
      rest = left
      for (const one of out) hear(one)
    },
    onEnd: gone,
  })
  return {
    send: async (apdu) => {
      if (!isOpen()) return 'closed'
      line.write(encodeApdu(apdu))
      return 'sent'
    },
    isOpen,
    close,
  }
}

type Sending = { bytes: Uint8Array; repeats: number; settle: (sent: Sent) => void }

export const serialLink = (line: Duplex, { clock, hear, report, gone }: LinkOptions): Link => {
  let rest: Uint8Array = Uint8Array.of()
  let sending: Sending | null = null
  let queue: Promise<unknown> = Promise.resolve()
  let stopWaiting = () => {}
  let stopGap = () => {}
  /** The APDU heard last, until something is sent: the same again is a repeat after an ACK that was lost. */
  let heard: { apdu: string; answered: boolean } | null = null

  const settle = (sent: Sent) => {
    stopWaiting()
    const settled = sending
    sending = null
    settled?.settle(sent)
  }
  const write = (one: Sending) => {
    // Before the bytes are out: in memory the answer is there before `write` returns.
    stopWaiting()
    stopWaiting = clock.after(linkDelays.acknowledgeMs, () => again(one, 'no answer'))
    line.write(one.bytes)
  }
  const again = (one: Sending, why: 'NAK' | 'no answer') => {
    if (one.repeats === mostRepeats) return settle('not acknowledged')
    one.repeats += 1
    report({ kind: 'sent again', why })
    return write(one)
  }
  const take = (apdu: Apdu) => {
    line.write(Uint8Array.of(ack))
    const name = hexOf(encodeApdu(apdu))
    const isRepeat = heard?.apdu === name
    if (isRepeat && heard?.answered === false)
      return report({ kind: 'duplicate', control: apdu.control })
    // It goes on, so it has what we sent; a repeat says nothing of the kind.
    if (!isRepeat) settle('sent')
    heard = { apdu: name, answered: false }
    return hear(apdu)
  }
  const reject = (discarded: Discarded) => {
    report(discarded)
    if (discarded.why !== 'noise') line.write(Uint8Array.of(nak))
  }
  const { isOpen, close } = held(line, {
    onData: (chunk) => {
      stopGap()
      const { out, rest: left } = decodeFrames(Uint8Array.of(...rest, ...chunk))
      rest = left
      for (const one of out) {
        if (one.kind === 'ack') settle('sent')
        else if (one.kind === 'nak' && sending !== null) again(sending, 'NAK')
        else if (one.kind === 'frame') take(one.apdu)
        else if (one.kind === 'discarded') reject(one)
      }
      if (rest.length === 0 || !isOpen()) return
      stopGap = clock.after(linkDelays.betweenBytesMs, () => {
        reject({ kind: 'discarded', why: 'cut short', length: rest.length })
        rest = Uint8Array.of()
      })
    },
    onEnd: () => {
      stopGap()
      settle('closed')
      gone()
    },
  })

  const sendNow = (apdu: Apdu): Promise<Sent> =>
    new Promise((resolve) => {
      if (!isOpen()) return resolve('closed')
      if (heard !== null) heard.answered = true
      sending = { bytes: encodeFrame(apdu), repeats: 0, settle: resolve }
      return write(sending)
    })
  return {
    send: (apdu) => {
      const sent = queue.then(() => sendNow(apdu))
      queue = sent
      return sent
    },
    isOpen,
    close,
  }
}
