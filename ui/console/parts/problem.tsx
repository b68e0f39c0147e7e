// What went wrong, in one sentence, and what can be done about it.
import { askAgain, type Answer } from '../asking.ts'
import type { ComponentChildren } from 'preact'
import { words } from '../texts/words.ts'
import { MarkShape } from './status.tsx'

export const Problem = ({ text, again }: { text: string; again?: () => void }) => (
  <div class="problem" role="alert">
    <MarkShape mark="wrong" />
    <p>
      <bdi>{text}</bdi>
    </p>
    {again !== undefined && (
      <button type="button" class="button" onClick={again}>
        {words().parts.again}
      </button>
    )}
  </div>
)

/** Something that should be known while one is here, and is not a problem. */
export const Note = ({ children }: { children: ComponentChildren }) => (
  <div class="note" role="note">
    {children}
  </div>
)

/**
 * Draws what was told; room for it while one waits, the problem when it was refused. `lines`: how high the room is, in lines,
 * so that nothing jumps when the answer is there.
 */
export const Answered = <Told,>({
  answer,
  lines = 6,
  children,
}: {
  answer: Answer<Told>
  lines?: number
  children: (told: Told) => ComponentChildren
}) => {
  if (answer.kind === 'waiting') return <Waiting lines={lines} />
  if (answer.kind === 'refused') return <Problem text={answer.problem} again={askAgain} />
  return (
    <div class="answered" aria-busy={!answer.fresh}>
      {children(answer.told)}
    </div>
  )
}

/** The room that something will take. */
export const Waiting = ({ lines = 6 }: { lines?: number }) => (
  <div class="waiting" role="status" aria-label={words().parts.waiting}>
    {Array.from({ length: lines }, (_, line) => (
      <i key={line} />
    ))}
  </div>
)
