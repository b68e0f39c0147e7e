// Pure: an upload of a kiosk's journal against what the centre has of it: sound, or what is wrong with it (P6).
import { checkLink, placeProblem, type ChainHead, type Link } from '../domain/journal-chain.ts'
import type { JournalEntry } from '../domain/journal-entry.ts'

export type Upload = { after: number; lines: readonly string[]; head: ChainHead }

/** What the centre has of a journal. */
export type Anchor = {
  /** The last line that is here. */
  has: ChainHead
  /** The last line that the kiosk has ever said it has. */
  knows: ChainHead
  /** The hash of the line here that has the number of the upload's head; null where there is none. */
  atHead: string | null
}

export type KeptLine = { text: string; link: Link }

/** An entry that this centre has a word for, and the place of its line. */
export type KnownEntry = { entry: JournalEntry; sequence: number; at: string }

export type Judged =
  /** `whole`: with these lines the centre has all that the kiosk had when it made the message. */
  | { kind: 'sound'; lines: KeptLine[]; has: ChainHead; knows: ChainHead; whole: boolean }
  /** The kiosk begins too early: it is told where to begin. */
  | { kind: 'go on' }
  | { kind: 'gap'; through: number }
  | { kind: 'fork'; at: number; hash: string }
  | { kind: 'altered'; at: number; why: string }
  | { kind: 'behind'; through: number; hash: string }
  /** The message contradicts itself. */
  | { kind: 'wrong'; problem: string }

/** Judges an upload that was made after the centre's last answer was known. */
export const judge = (upload: Upload, anchor: Anchor): Judged => {
  const { has, knows } = anchor
  const { after, head } = upload
  if (head.sequence < knows.sequence) {
    return anchor.atHead === null || anchor.atHead === head.hash
      ? { kind: 'behind', through: knows.sequence, hash: knows.hash }
      : { kind: 'fork', at: head.sequence, hash: anchor.atHead }
  }
  if (head.sequence === knows.sequence && head.hash !== knows.hash) {
    return { kind: 'fork', at: knows.sequence, hash: knows.hash }
  }
  if (after > has.sequence) return { kind: 'gap', through: has.sequence }
  if (after < has.sequence) return { kind: 'go on' }
  return judgeLines(upload, anchor)
}

const judgeLines = ({ lines, head }: Upload, { has, knows }: Anchor): Judged => {
  const sound: KeptLine[] = []
  let last = has
  for (const text of lines) {
    const at = last.sequence + 1
    const checked = checkLink(Buffer.from(text))
    if (checked.kind === 'broken') return { kind: 'altered', at, why: checked.why }
    const { link } = checked
    const problem = placeProblem(link, last)
    if (problem !== null) return misplaced({ link, last, has, problem })
    if (link.sequence === knows.sequence && link.hash !== knows.hash) {
      return { kind: 'fork', at, hash: knows.hash }
    }
    sound.push({ text, link })
    last = { sequence: link.sequence, hash: link.hash }
  }
  if (
    last.sequence > head.sequence ||
    (last.sequence === head.sequence && last.hash !== head.hash)
  ) {
    return { kind: 'wrong', problem: `head: is not behind line ${last.sequence}` }
  }
  return {
    kind: 'sound',
    lines: sound,
    has: last,
    // What was heard of and is not here yet stays what the next lines are held against.
    knows: last.sequence >= knows.sequence ? head : knows,
    whole: last.sequence === head.sequence,
  }
}

const misplaced = (of: {
  link: Link
  last: ChainHead
  has: ChainHead
  problem: string
}): Judged => {
  const { link, last, has, problem } = of
  if (link.sequence > last.sequence + 1) return { kind: 'gap', through: has.sequence }
  // The first line follows another line than the one that is here; a later one was changed on its own.
  return last === has && link.sequence === has.sequence + 1
    ? { kind: 'fork', at: has.sequence, hash: has.hash }
    : { kind: 'altered', at: last.sequence + 1, why: problem }
}
