// The one door to `pcsclite`: PC/SC as the driver wants it, whatever comes out of the binding parsed.
import { createRequire } from 'node:module'
import type pcsclite from 'pcsclite'
import { z } from 'zod'
import { daemonAnswers } from './daemon-answers.ts'
import {
  protocolT0,
  protocolT1,
  type CardService,
  type Connected,
  type PcscError,
  type Protocol,
  type Reader,
  type ReaderStatus,
  type ServiceEvent,
  type Transmitted,
} from './service.ts'

/** Loaded when it is needed: a bench without PC/SC runs where the package could not be compiled. */
const loaded = (): typeof pcsclite => createRequire(import.meta.url)('pcsclite')

/** Whether the package was compiled on this machine; without it no daemon can be reached. */
export const pcscliteIsThere = (): boolean => {
  try {
    return typeof loaded() === 'function'
  } catch {
    return false
  }
}

type Native = ReturnType<typeof pcsclite>
/** What listeners of 'reader' are given: the package does not name the type. */
type NativeReader = Parameters<Parameters<Native['on']>[1]>[0]

const bits = { shareExclusive: 1, statePresent: 0x20 }

/** A daemon that hangs keeps no question open for longer. */
const answerMs = 5_000

/** Data of a short APDU and two status bytes. */
const roomForReply = 258

/** PC/SC of this machine. `PCSCLITE_CSOCK_NAME` in the environment says where its daemon listens, if not at the usual place. */
export const pcscliteService: CardService = {
  open: (hear) => {
    let native: Native
    try {
      native = loaded()()
    } catch {
      // Devices.md 12: it throws at once when no daemon is there. Nor is there one for us where it could not be compiled.
      return null
    }
    const readers = new Set<HeldReader>()
    let open = true
    const closing = new AbortController()
    const tell = (event: ServiceEvent) => {
      if (open) hear(event)
    }
    // Devices.md 12: an 'error' that nobody hears ends the process.
    native.on('error', () => tell({ kind: 'context failed' }))
    native.on('reader', (nativeReader) => {
      const held = holdReader(nativeReader, tell)
      readers.add(held)
      tell({ kind: 'reader appeared', reader: held.reader })
    })
    return {
      answers: (reader) =>
        daemonAnswers(reader, AbortSignal.any([closing.signal, AbortSignal.timeout(answerMs)])),
      close: () => {
        open = false
        closing.abort()
        native.close()
        for (const held of readers) held.close()
      },
    }
  },
}

type HeldReader = { reader: Reader; close(): void }

const holdReader = (native: NativeReader, tell: (event: ServiceEvent) => void): HeldReader => {
  // One thing at a time: the binding holds a lock during each, and would stop the whole process to wait for it.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <Value>(act: () => Promise<Value>): Promise<Value> => {
    const turn = last.then(act)
    last = turn
    return turn
  }
  const reader: Reader = {
    name: native.name,
    connect: () => inTurn(() => powerUp(native)),
    disconnect: () => inTurn(async () => void (await powerOff(native))),
    transmit: (bytes, protocol) => inTurn(() => transmit(native, bytes, protocol)),
  }
  const lost = () => tell({ kind: 'reader lost', reader })
  native.on('error', lost)
  native.on('end', lost)
  native.on('status', (said) => {
    const status = parseStatus(said)
    if (status !== null) tell({ kind: 'status', reader, status })
  })
  return { reader, close: () => void inTurn(async () => native.close()) }
}

const Said = z.object({ state: z.int().nonnegative(), atr: z.instanceof(Uint8Array).optional() })

const parseStatus = (said: unknown): ReaderStatus | null => {
  const parsed = Said.safeParse(said)
  if (!parsed.success) return null
  const { state, atr } = parsed.data
  return {
    present: (state & bits.statePresent) !== 0,
    changes: Math.floor(state / 0x10000),
    atr: new Uint8Array(atr ?? []),
  }
}

const powerUp = async (native: NativeReader): Promise<Connected> => {
  const off = await powerOff(native)
  if (off !== null) return off
  return new Promise((resolve) => {
    native.connect(
      { share_mode: bits.shareExclusive, protocol: protocolT0 | protocolT1 },
      (error: unknown, protocol: unknown) => {
        resolve(isProtocol(protocol) ? { kind: 'connected', protocol } : errorOf(error))
      },
    )
  })
}

const isProtocol = (value: unknown): value is Protocol =>
  value === protocolT0 || value === protocolT1

/** Null when the card is off. */
const powerOff = (native: NativeReader): Promise<PcscError | null> =>
  new Promise((resolve) => {
    native.disconnect((error: unknown) => resolve(error ? errorOf(error) : null))
  })

const transmit = (
  native: NativeReader,
  bytes: Uint8Array,
  protocol: Protocol,
): Promise<Transmitted> =>
  new Promise((resolve) => {
    native.transmit(
      Buffer.from(bytes),
      roomForReply,
      protocol,
      (error: unknown, reply: unknown) => {
        if (reply instanceof Uint8Array && !error) {
          resolve({ kind: 'replied', bytes: new Uint8Array(reply) })
        } else resolve(errorOf(error))
      },
    )
  })

/** `SCardTransmit error: Card was removed.(0x80100069)` */
const errorOf = (error: unknown): PcscError => {
  const code = /\(0x([0-9a-f]+)\)/.exec(String(error))?.[1]
  return { kind: 'error', code: code === undefined ? null : Number.parseInt(code, 16) }
}
