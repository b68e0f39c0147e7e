// Where the n-th operation on a boundary is caught, and what it meets there.

/** What lies between a kiosk, its devices, its disk and its centre. */
export type Boundary =
  /** A piece of bytes on the cable of the note acceptor, one way or the other. */
  | 'notes'
  /** The same of the receipt printer. */
  | 'printer'
  /** One command to the card, with its answer. */
  | 'card'
  /** One call to the disk for the journal: a write, a sync, at a start also what opens it. */
  | 'journal'
  /** One step of putting the counters on disk: the new file, its sync, the renaming, the sync of the folder. */
  | 'counters'
  /** One request to the centre, with its answer. */
  | 'network'
  /** One statement that changes the centre's database; its transaction's beginning and end too. */
  | 'centre store'

export type Kind =
  /** It is not done, and says so. */
  | 'error'
  /** It never arrives, and nobody says so. */
  | 'request lost'
  /** It is done, and what comes back says that it is not, or never comes. */
  | 'answer lost'
  /** It is done, and the answer comes when nobody waits for it any more. */
  | 'answer late'
  /** A bit of what was said is turned over. */
  | 'garbled'
  /** It breaks off in the middle. */
  | 'short'
  /** Whoever answered is gone from here on, and is back after a while. */
  | 'gone'
  /** The program ends with it not begun, or with it done and nobody told. */
  | 'crash before'
  | 'crash after'

const onWire: readonly Kind[] = [
  'error',
  'request lost',
  'answer lost',
  'answer late',
  'garbled',
  'short',
  'gone',
  'crash before',
]
const onDisk: readonly Kind[] = [
  'error',
  'answer lost',
  'answer late',
  'short',
  'gone',
  'crash before',
  'crash after',
]

/** What can happen where. A cable knows no crash after: it is the one before the next piece. */
export const kindsOf: Record<Boundary, readonly Kind[]> = {
  notes: onWire,
  printer: onWire,
  card: [...onWire, 'crash after'],
  journal: onDisk,
  counters: onDisk,
  network: [...onWire, 'crash after'],
  'centre store': ['error', 'answer lost', 'crash before', 'crash after'],
}

export const boundaries = Object.keys(kindsOf) as Boundary[]

/** `n` counts from 1, from the moment the customer comes. */
export type Fault = { boundary: Boundary; kind: Kind; n: number }

export const nameOf = ({ boundary, kind, n }: Fault): string => `${boundary}, ${kind}, at ${n}`

/** Which way a piece on a cable goes: to the device, or to the kiosk. A call goes both ways. */
export type Way = 'out' | 'in' | 'call'

const onlyOut = new Set<Kind>(['error', 'request lost'])
const onlyIn = new Set<Kind>(['answer lost', 'answer late'])

export type Traps = ReturnType<typeof traps>

/** The faults of one run; they are counted while they are armed, and each is met once. */
export const traps = (faults: readonly Fault[]) => {
  const waiting = faults.map((fault) => ({ fault, count: 0, met: '' }))
  let armed = false
  return {
    arm: (on: boolean): void => {
      armed = on
    },
    /** What this operation meets, if anything. `what` tells a person where it was. */
    meet: (boundary: Boundary, way: Way, what: string): Kind | null => {
      if (!armed) return null
      for (const trap of waiting) {
        const { kind, n } = trap.fault
        if (trap.fault.boundary !== boundary || trap.met !== '') continue
        if ((way === 'in' && onlyOut.has(kind)) || (way === 'out' && onlyIn.has(kind))) continue
        if (++trap.count < n) continue
        trap.met = what
        return kind
      }
      return null
    },
    /** Where each fault was met: '' where it was not. */
    met: (): string[] => waiting.map(({ met }) => met),
    /** So many operations were counted for each. */
    counted: (): number[] => waiting.map(({ count }) => count),
  }
}
