// What figures are told apart by, as names: for pages as well, so nothing here needs more than the language.

/** Kinds of points of sale (domain.md 2). */
export const channels = ['terminal', 'pc', 'phone', 'bank agent', 'payment hall', 'office'] as const
export type Channel = (typeof channels)[number]

export const tenders = ['cash', 'bank card', 'bank account', 'account'] as const
export type TenderKind = (typeof tenders)[number]

export const groupings = [
  'kiosk',
  'channel',
  'tariff',
  'area',
  'tender',
  'hour',
  'day',
  'month',
] as const
export type Grouping = (typeof groupings)[number]

/** Which transactions: delivered and undone; money that came in; what went back; boxes and counts; claims; what came late. */
export const shown = [
  'sold',
  'received',
  'returned',
  'undone',
  'boxes',
  'claims',
  'late',
  'all',
] as const
export type Shown = (typeof shown)[number]

export const matchResults = ['matched', 'long', 'short', 'open'] as const
export type MatchResult = (typeof matchResults)[number]
