// The names the filters of the losses know, in the order in which they are offered.
import type {
  FieldCheck,
  InnocentReason,
  LossesQuestions,
  LossPattern,
  LossState,
  TaskResult,
} from '../../../domain/console/losses.ts'

/** Lists whose completeness the compiler checks: a page brings no schemas along. */
const all = <Name extends string>(names: Record<Name, true>): Name[] => {
  const known: Name[] = []
  for (const name in names) known.push(name)
  return known
}

export const patternNames = all<LossPattern>({
  'count too high': true,
  'count gap': true,
  'remaining more than bought': true,
  'use more than bought': true,
  'credited not sold': true,
  'meter went back': true,
  'meter touched': true,
  'card in two places': true,
  'zero buyer': true,
  'low buyer': true,
  'unread purchase': true,
  'boxes short': true,
  'notes refused': true,
})

export const stateNames = all<LossState>({
  new: true,
  seen: true,
  'task ordered': true,
  confirmed: true,
  innocent: true,
  closed: true,
})

export const sortNames = all<NonNullable<LossesQuestions['losses']['asked']['sort']>>({
  '-likely': true,
  likely: true,
  '-loss': true,
  loss: true,
  '-score': true,
  score: true,
  '-since': true,
  since: true,
})

export const reasonNames = all<InnocentReason>({
  vacant: true,
  'moved away': true,
  'holiday home': true,
  'own generation': true,
  'building gone': true,
  'uses little': true,
  'meter fault': true,
  'wrong card tried': true,
  'office work': true,
  'worn notes': true,
  'counted wrongly': true,
  other: true,
})

export const checkNames = all<FieldCheck>({
  'is it lived in': true,
  'meter number': true,
  seals: true,
  covers: true,
  bypass: true,
  'turns under load': true,
  'read registers': true,
  'meter clock': true,
  'card in meter': true,
  'other supply': true,
  'second card': true,
  'keep the meter': true,
  'count with two': true,
  'box and seal': true,
  'note acceptor': true,
})

export const resultNames = all<TaskResult>({
  confirmed: true,
  innocent: true,
  'not settled': true,
})
