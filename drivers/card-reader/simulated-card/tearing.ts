// Where a simulated card can lose its power in the middle of things (power-card.md 7.4).

export type TearPoint =
  /** With so many bytes of a command received that it is not complete. */
  | { at: 'byte'; byte: number }
  /** The new content is in the shadow copy, and the commit mark is not set. */
  | { at: 'before commit' }
  /** The commit mark is set, and the content is not yet in its place. */
  | { at: 'after commit' }
  /** Everything is done; nothing of the answer is out. */
  | { at: 'before answer' }

export type Tear = TearPoint & {
  /** How often the point is let pass before the tear. An EXTERNAL AUTHENTICATE commits twice. */
  skip?: number
  /** Only while such a command is worked on; any unless told. */
  when?: (command: Uint8Array) => boolean
}

/** Power is gone; caught where the card is driven from, never seen outside. */
export class Torn extends Error {}

export type Tearing = ReturnType<typeof tearing>

/** A tear is armed until its point is reached, and then used up. */
export const tearing = () => {
  let armed: Tear | null = null
  let skipped = 0
  let command: Uint8Array = new Uint8Array()

  const reach = (reached: (point: Tear) => boolean): void => {
    if (armed === null || !reached(armed) || armed.when?.(command) === false) return
    if (skipped++ < (armed.skip ?? 0)) return
    armed = null
    throw new Torn()
  }

  return {
    arm: (tear: Tear | null): void => {
      armed = tear
      skipped = 0
    },
    /** The bytes of a command come in one by one. */
    receiving: (bytes: Uint8Array): void => {
      command = bytes
      reach((tear) => tear.at === 'byte' && tear.byte < bytes.length)
    },
    reached: (at: Exclude<TearPoint['at'], 'byte'>): void => reach((tear) => tear.at === at),
  }
}

/** Every point of this command at which a card can be torn: for tests that try them all. */
export const tearsOf = (command: Uint8Array): Tear[] => [
  ...Array.from(command, (_, byte) => ({ at: 'byte' as const, byte })),
  ...[0, 1].flatMap((skip) => [
    { at: 'before commit' as const, skip },
    { at: 'after commit' as const, skip },
  ]),
  { at: 'before answer' },
]
