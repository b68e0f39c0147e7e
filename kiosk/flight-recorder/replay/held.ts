// Holds a recorded conversation with a driver: each thing it says is looked up in the recording, and what came of it then comes now.
import type { Act, Consequence, Script } from './script.ts'

/** How a protocol's words are compared. */
export type Language = {
  /** What was said, without what differs from one run to the next. */
  word: (did: Act['did']) => string
  /** May be said more often or less often than it was, as long as the answer is the same: it asks only how things are. */
  isQuestion: (word: string) => boolean
  /** May be said in more pieces or in fewer: the words of a receipt, which are not in the recording. */
  isContent: (word: string) => boolean
  /** An answer without what differs from one run to the next. */
  answer: (what: Consequence) => string
}

/** The first thing that was said otherwise. `recorded` null: it was to say nothing more; `said` null: it said nothing. */
export type Difference = { at: number; recorded: string | null; said: string | null }

export type Held = {
  /** What follows from this, of one act or of some that were passed over; null when the recording knows of no such thing. */
  hear: (did: Act['did']) => Act[] | null
  /** Up to which act the driver has come; -1 before the first. */
  position: () => number
  /** What it has to say next; null at the end. */
  expected: () => { at: number; word: string } | null
  difference: () => Difference | null
}

export const held = ({ acts }: Script, language: Language): Held => {
  const { word, isQuestion, isContent, answer } = language
  const words = acts.map((act) => word(act.did))
  /** Of each question: how it was answered last, and whether that was nothing new. */
  const answered = new Map<string, { act: Act; answers: string; old: boolean }>()
  let next = 0
  let difference: Difference | null = null

  const answersOf = ({ after }: Act) => after.map(({ what }) => answer(what)).join(' ')
  const saysNothingNew = (act: Act, said: string) =>
    isQuestion(said) &&
    act.after.every(({ what }) => what.kind === 'in') &&
    answered.get(said)?.answers === answersOf(act)

  const take = (at: number, act: Act, said: string): Act[] => {
    const passed = acts.slice(next, at).filter((_, index) => isContent(words[next + index] ?? ''))
    next = at + 1
    answered.set(said, { act, answers: answersOf(act), old: saysNothingNew(act, said) })
    return [...passed, act]
  }
  /** The same question once more: the same answer, and only if it had stopped saying anything new. */
  const again = (said: string): Act[] | null => {
    if (isContent(said)) return []
    const last = answered.get(said)
    return last?.old === true && isQuestion(said) ? [last.act] : null
  }
  const expected = () => {
    const act = acts[next]
    return act === undefined ? null : { at: act.at, word: words[next] ?? '' }
  }

  return {
    hear: (did) => {
      const said = word(did)
      if (difference !== null) return null
      for (let at = next; at < acts.length; at += 1) {
        const act = acts[at]
        const was = words[at] ?? ''
        if (act !== undefined && was === said) return take(at, act, said)
        if (act === undefined || !(saysNothingNew(act, was) || isContent(was))) break
      }
      const repeated = again(said)
      const due = expected()
      if (repeated !== null || due === null) return repeated
      difference = { at: due.at, recorded: due.word, said }
      return null
    },
    position: () => next - 1,
    expected,
    difference: () => difference,
  }
}
