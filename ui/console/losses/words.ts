// The words of the losses: what is found, how sure it is and why, what to look at on site, and what became of it.
import type {
  FieldCheck,
  InnocentReason,
  LossChart,
  LossHistoryLine,
  LossPattern,
  LossState,
  TaskResult,
} from '../../../domain/console/losses.ts'

type Filled<Names extends string> = (of: Record<Names, string>) => string

export type LossesWords = {
  title: string
  about: string
  patterns: Record<LossPattern, string>
  /** What the pattern means, in a sentence for somebody who sees it for the first time. */
  means: Record<LossPattern, string>
  states: Record<LossState, string>
  reasons: Record<InnocentReason, string>
  checks: Record<FieldCheck, string>
  results: Record<TaskResult | 'withdrawn', string>
  history: Record<LossHistoryLine['what'], string>
  groups: Record<LossChart['group'], string>
  list: {
    pattern: string
    state: string
    area: string
    of: string
    ofHint: string
    open: string
    empty: string
    found: Filled<'count' | 'likely'>
    running: string
    lookedAt: Filled<'day'>
    never: string
    columns: {
      pattern: string
      subject: string
      area: string
      since: string
      sure: string
      likely: string
      loss: string
      state: string
    }
    person: Filled<'person'>
    kiosk: Filled<'kiosk'>
    noLonger: string
    toSummary: string
    toTasks: string
  }
  /** The numbers it rests on, in sentences. */
  why: {
    zero: Filled<
      'last' | 'purchases' | 'held' | 'perDay' | 'ranOut' | 'overdue' | 'gap' | 'neighbours'
    >
    never: Filled<'since' | 'perDay' | 'neighbours'>
    fell: Filled<'from' | 'bought' | 'usual' | 'least' | 'most' | 'neighbours' | 'scatter'>
    always: Filled<'from' | 'bought' | 'usual' | 'least' | 'most' | 'neighbours' | 'scatter'>
    unread: Filled<'order' | 'loaded' | 'age' | 'energy' | 'seen'>
    gap: Filled<'before' | 'now' | 'missing'>
    tooHigh: Filled<'count' | 'given'>
    registers: Filled<'before' | 'sold' | 'credited' | 'used' | 'now' | 'excess' | 'times'>
    count: Filled<'before' | 'now'>
    clock: Filled<'before' | 'now'>
    touched: Filled<'tamperBefore' | 'tamperNow' | 'illegalBefore' | 'illegalNow' | 'times'>
    copies: Filled<'times' | 'kiosks' | 'minutes'>
    short: Filled<'short' | 'boxes' | 'lost' | 'usual' | 'oneIn'>
    refused: Filled<'refused' | 'shown' | 'value' | 'own' | 'usual' | 'oneIn'>
  }
  finding: {
    title: Filled<'number'>
    sure: Filled<'score'>
    sureTold: { high: string; middle: string; low: string }
    why: string
    facts: {
      likely: string
      loss: string
      since: string
      firstSeen: string
      state: string
      customer: string
      meter: string
      kiosk: string
      person: string
      place: string
      area: string
      holds: string
    }
    stillHolds: string
    noLongerHolds: string
    keyIncident: string
    year: string
    chart: Filled<'neighbours' | 'group'>
    chartTold: string
    own: string
    least: string
    middle: string
    most: string
    month: string
    evidence: string
    evidenceTold: string
    evidenceEmpty: string
    history: string
    others: string
    explain: string
    columns: {
      at: string
      row: string
      told: string
      kiosk: string
    }
    rows: {
      writeBack: Filled<'count' | 'remaining' | 'credited' | 'used' | 'tamper' | 'illegal'>
      order: Filled<'order' | 'count' | 'energy' | 'tender'>
      insertion: Filled<'place' | 'from' | 'to'>
      exchange: Filled<'person' | 'expected' | 'counted' | 'difference'>
      alarm: Filled<'alarm'>
      kinds: Record<'write-back' | 'order' | 'insertion' | 'exchange' | 'alarm', string>
      open: string
    }
    by: Filled<'name'>
    byItself: string
  }
  acts: {
    see: string
    seen: string
    order: string
    orderTitle: string
    orderSubmit: string
    due: string
    checks: string
    noChecks: string
    note: string
    noteHint: string
    judge: string
    judgeTitle: string
    answer: string
    answerTitle: string
    submit: string
    result: string
    reason: string
    reasonHint: string
    found: string
    foundHint: string
    reasonMissing: string
  }
  tasks: {
    title: string
    about: string
    open: string
    answered: string
    emptyOpen: string
    emptyAnswered: string
    columns: {
      task: string
      what: string
      place: string
      due: string
      ordered: string
      answer: string
    }
    task: Filled<'number'>
    overdue: string
    toFinding: string
    print: string
    where: string
    suspicion: string
    look: string
    foundHere: string
    yes: string
    no: string
    registers: { title: string; credited: string; used: string; remaining: string; count: string }
    resultTitle: string
    signed: string
    orderedBy: Filled<'name' | 'when'>
  }
  summary: {
    title: string
    about: string
    open: string
    likely: string
    confirmed: string
    rightness: string
    rightnessTold: string
    byPattern: string
    byArea: string
    unreadTitle: string
    unread: string
    unreadTold: string
    days: Filled<'from' | 'to'>
    daysUp: Filled<'from'>
    judged: Filled<'confirmed' | 'innocent'>
    notJudged: string
    noArea: string
    columns: {
      pattern: string
      open: string
      likely: string
      confirmed: string
      right: string
      area: string
      most: string
    }
  }
}
