// What the driver asks of PC/SC, in the shape that the real service and the one in memory both have.

/** `0` and `1` of T=0 and T=1, as one bit each: how PC/SC names the protocol a card was powered up with. */
export type Protocol = 1 | 2

export const protocolT0: Protocol = 1
export const protocolT1: Protocol = 2

/** What PC/SC tells of a reader: the low bits of its state, and how many times a card came or went. */
export type ReaderStatus = {
  present: boolean
  /** Grows with every insertion and every removal: two looks with a swap between them differ in it. */
  changes: number
  /** Empty while nothing that answers is in the reader. */
  atr: Uint8Array
}

export type ServiceEvent =
  | { kind: 'reader appeared'; reader: Reader }
  | { kind: 'reader lost'; reader: Reader }
  | { kind: 'status'; reader: Reader; status: ReaderStatus }
  /** The context is of no more use: the daemon has ended or was restarted. Nothing more comes from it. */
  | { kind: 'context failed' }

/** One way to the card daemon. A process holds one at a time. */
export type CardService = {
  /** Makes a context; null when no daemon answers. Nothing is heard before this has returned. */
  open(hear: (event: ServiceEvent) => void): CardContext | null
}

export type CardContext = {
  /** Lets go of all readers. Nothing is heard afterwards. */
  close(): void
  /**
   * Whether the daemon answers now, and still has the reader of this name. It is silent while nothing happens at a reader, so
   * only asking tells one that waits from one that hangs. Never rejects; a daemon that hangs gives no answer.
   */
  answers(reader: string): Promise<boolean>
}

/** One reader of one context. None of its promises rejects. */
export type Reader = {
  name: string
  /** Powers the card up, for us alone (exclusive), with T=0 or T=1. A card that was connected is powered off before. */
  connect(): Promise<Connected>
  /** Powers the card off. */
  disconnect(): Promise<void>
  /** Sends bytes once. A reply may be shorter than its two status bytes: devices.md 12. */
  transmit(bytes: Uint8Array, protocol: Protocol): Promise<Transmitted>
}

/** `code`: PC/SC's error number, null where there is none to read. */
export type PcscError = { kind: 'error'; code: number | null }

export type Connected = { kind: 'connected'; protocol: Protocol } | PcscError

export type Transmitted = { kind: 'replied'; bytes: Uint8Array } | PcscError

/** Errors after which the card is surely gone: removed, no card. */
const cardGone = [0x80100069, 0x8010000c]

/**
 * Errors after which the reader or its daemon is gone: invalid handle, unknown reader, communication with the daemon,
 * reader unavailable, no service, service stopped, no readers.
 */
const readerGone = [
  0x80100003, 0x80100009, 0x80100013, 0x80100017, 0x8010001d, 0x8010001e, 0x8010002e,
]

/** What an error alone says of why a command has no answer; null when only the reader's next status can tell. */
export const whyOf = ({ code }: PcscError): 'card removed' | 'reader lost' | null => {
  if (code === null) return null
  if (cardGone.includes(code)) return 'card removed'
  return readerGone.includes(code) ? 'reader lost' : null
}
