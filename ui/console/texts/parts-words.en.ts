// The parts in English.
import type { PartsWords } from './parts-words.ts'

export const partsEn: PartsWords = {
  waiting: 'One moment',
  unreached: 'The centre cannot be reached. Nothing is lost; try again in a moment.',
  unknownOutcome:
    'The centre gave no clear answer, so nobody knows yet whether it was done. Send it again: it is done once at most.',
  again: 'Try again',
  close: 'Close',
  cancel: 'Cancel',
  nothing: 'Nothing here',
  none: 'none',
  more: 'Show more',
  first: 'From the beginning',
  apply: 'Show',
  clear: 'Clear all',
  any: 'All',
  optional: 'optional',
  marks: { well: 'well', attention: 'needs attention', wrong: 'wrong', quiet: 'quiet' },
  sort: (column) => `Sort by ${column}`,
  asTable: 'As a table',
  asChart: 'As a chart',
  was: (value) => `before: ${value}`,
  rows: (count) => `${count} rows`,
  working: 'Working',
  doing: 'One moment…',
  copy: 'Copy',
  copied: 'Copied',
  value: 'Value',
  weekday: 'Weekday',
  hour: 'Hour',
  total: 'Total',
}
