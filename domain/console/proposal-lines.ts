// What stands on a proposal, line by line: typed, so that each of the two persons reads it in a language of their own.

export const lineLabels = [
  'reference',
  'order',
  'to',
  'owed now',
  'given up',
  'owed after it',
  'plan',
  'credit now',
  'credit after it',
  'balance now',
  'into the account',
  'out of the account',
  'balance after it',
  'document',
  'meter',
  'new meter',
  'left in the old meter',
  'bought and not in it',
  'comes with the next purchases',
  'card',
  'new card',
  'carries',
  'in force from',
  'follows',
  'differs',
  'rows',
  'into accounts',
  'old debt',
] as const
export type LineLabel = (typeof lineLabels)[number]

export const lineWords = [
  'account',
  'cash at the office',
  'claim on its slip',
  'as the tariff has it',
  'of each purchase',
  'at most',
  'always for energy',
  'from the old meter',
  'from the last write-back',
  'nothing is known of it',
  'issue',
  'purchase',
  'is refused from then on',
  'stays, and is written anew at a desk',
  'is written at a desk',
  'no purchase',
  'nothing',
  'new or changed',
] as const
export type LineWord = (typeof lineWords)[number]

export type LinePart =
  /** A number or a name that is the same in every language. */
  | { kind: 'name'; name: string }
  | { kind: 'word'; word: LineWord }
  /** Minor units. */
  | { kind: 'money'; amount: number }
  /** 0.01 kWh. */
  | { kind: 'energy'; amount: number }
  | { kind: 'count'; count: number }
  /** In 1/10,000. */
  | { kind: 'share'; share: number }
  /** `YYYY-MM-DD`. */
  | { kind: 'day'; day: string }

/** `of`: what of many things this line is about, as the list of a file or a place in a tariff. */
export type ProposalLine = { label: LineLabel; of?: string; parts: LinePart[] }
