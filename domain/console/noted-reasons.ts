// Reasons that kiosks and the reconciliation note in words of their own, as far as they are closed sets: read again here, so
// that the pages word them. What a device or a bank says freely is none of them, and is quoted as it was noted.

/** Noted letter by letter as they stand here. */
const fixed = [
  'not charged and not funded: closed',
  'the file of the bank is not here yet',
  'no order and no payment at the centre: a person decides',
  'top-up of the account',
  'in suspense, claimed by its slip',
  'the centre has given it back, and the bank has not',
  'booked as an unpaid delivery, and the bank has charged it',
  'sold, and delivered',
  'not delivered: top-up of the account',
  'returned to the account without a proof',
  'the office decides on the order',
  'the card decides on the order',
  'it is in account, and the bank has not charged it',
  'it is in suspense, and the bank has not charged it',
  'vended unpaid: claim against the bank, the customer owes nothing',
  'given back: closed',
  'delivered: claim against the bank, the customer owes nothing',
  'the order went back to the account, and the bank has not charged it',
  'not charged; the office decides on the order',
  'not charged; the card decides on the order',
  'a reversal of nothing that is known here: a person looks',
  'not charged and not funded: a person asks bank and front machine',
  'the bank has paid out what the centre does not know of: a person decides',
  'the file of the front machine is not here yet',
  'the front machine does not have it',
  'the office has not counted the box',
  'counted as the journal has it',
  'the journal of the kiosk is not here, or not whole',
  'in the box as booked',
  'the acceptor did not say',
  'the acceptor did not say after a restart',
  'the centre did not answer',
  'the terminal did not say',
  'the bank did not answer',
  'no reason given',
  'no connection',
  'not possible',
  'customer cancelled',
  'quote expired',
  'insertion over',
  'not enough in the account',
  'open order',
  'sale closed',
  'payment not good',
  'card removed',
  'no proof',
  'no answer',
  'still on the card',
  'the centre is away',
  'not loaded',
  'session over',
  'too late',
  'asked before',
  'receipt could not be prepared',
  'not answering',
  'not asked',
  'maintenance',
  'cash box',
  'by the office',
  'fault',
  'closed for the day',
  'its payment was reversed',
  'declined',
  'timed out',
  'card not readable',
  'card not accepted',
  'not enough money',
  'limit',
  'terminal busy',
  'wrong pin',
  'no bank account',
  'credited by the meter without a script',
] as const

/** With a value: a number, a day, a state, or amounts as both sides have told them. */
const withValue = [
  {
    name: 'told as … by its kiosk, and the bank has charged it',
    pattern: /^told as (open|kept|reversed|unknown) by its kiosk, and the bank has charged it$/,
  },
  {
    name: 'amounts differ (…): a person decides',
    pattern: /^amounts differ \((.+)\): a person decides$/,
  },
  {
    name: '… more counted than in the journal',
    pattern: /^(\d+) more counted than in the journal$/,
  },
  {
    name: '… more counted than in the journal, as at the kiosk',
    pattern: /^(\d+) more counted than in the journal, as at the kiosk$/,
  },
  {
    name: '… fewer counted than in the journal',
    pattern: /^(\d+) fewer counted than in the journal$/,
  },
  {
    name: '… fewer counted than in the journal, as at the kiosk',
    pattern: /^(\d+) fewer counted than in the journal, as at the kiosk$/,
  },
  { name: '… booked that are in no box', pattern: /^(-?\d+) booked that are in no box$/ },
  { name: '… in the box that are not booked', pattern: /^(-?\d+) in the box that are not booked$/ },
  { name: 'of … nobody knows the place', pattern: /^of (\d+) nobody knows the place$/ },
  { name: 'reversed by the bank on …', pattern: /^reversed by the bank on (\d{4}-\d\d-\d\d)$/ },
  { name: 'the front machine has it …', pattern: /^the front machine has it ([\w -]+)$/ },
] as const

export type NotedReason = (typeof fixed)[number] | (typeof withValue)[number]['name']
export const notedReasons: readonly NotedReason[] = [...fixed, ...withValue.map(({ name }) => name)]

export type ReasonRead = { reason: NotedReason; value: string }

/** Remarks are joined by semicolons. Null when one of them is of no closed set. */
export const readReasons = (text: string): ReasonRead[] | null => {
  const whole = readOne(text)
  if (whole !== null) return [whole]
  const parts = text.split('; ')
  const read = parts.flatMap((part) => readOne(part) ?? [])
  return parts.length > 1 && read.length === parts.length ? read : null
}

const readOne = (text: string): ReasonRead | null => {
  const known = fixed.find((reason) => reason === text)
  if (known !== undefined) return { reason: known, value: '' }
  for (const { name, pattern } of withValue) {
    const [, value] = pattern.exec(text) ?? []
    if (value !== undefined) return { reason: name, value }
  }
  return null
}
