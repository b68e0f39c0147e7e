// The fields of the bank's messages: number, format and length (domain.md 13.2, widths of 13.1).

export type FieldRule = {
  /**
   * n: decimal digits, two a byte. an: ASCII letters and digits. ans: UTF-8 text without control characters save the new
   * line. b: bytes, which a message holds as lower-case hex, so that it can be kept as JSON.
   */
  format: 'n' | 'an' | 'ans' | 'b'
  /** LLVAR has one byte of packed digits before it that counts, LLLVAR two. */
  length: 'fixed' | 'LLVAR' | 'LLLVAR'
  /** Digits of an n, bytes of anything else; the most of them where the length varies. */
  size: number
}

/** A bank with fields of its own has a table of its own; 1, 64, 65 and 128 belong to the layout and stand in none. */
export type FieldTable = Readonly<Record<number, FieldRule>>

/**
 * The fields of this project. 52 and 53 are a PIN block as the terminal encrypted it and the serial of its key; 61 is the id of
 * the payment that block belongs to, a ULID. 54 are balances of 20 characters each, as ISO 8583 has them (account type 2,
 * amount type 2, currency 3, C or D, amount 12). 62 is the order number; in an answer to sign-on and key change the wrapped
 * working key, in hex. 74 to 77 are the numbers and 86 to 89 the sums of a business day: credits, reversed credits, debits,
 * reversed debits.
 */
export const fields = {
  2: { format: 'ans', length: 'LLVAR', size: 28 },
  3: { format: 'n', length: 'fixed', size: 6 },
  4: { format: 'n', length: 'fixed', size: 12 },
  7: { format: 'n', length: 'fixed', size: 10 },
  11: { format: 'n', length: 'fixed', size: 6 },
  12: { format: 'n', length: 'fixed', size: 6 },
  13: { format: 'n', length: 'fixed', size: 4 },
  15: { format: 'n', length: 'fixed', size: 4 },
  25: { format: 'n', length: 'fixed', size: 2 },
  37: { format: 'an', length: 'fixed', size: 12 },
  38: { format: 'an', length: 'fixed', size: 6 },
  39: { format: 'an', length: 'fixed', size: 2 },
  41: { format: 'ans', length: 'fixed', size: 20 },
  42: { format: 'ans', length: 'fixed', size: 20 },
  44: { format: 'ans', length: 'LLLVAR', size: 512 },
  49: { format: 'an', length: 'fixed', size: 3 },
  52: { format: 'b', length: 'LLVAR', size: 16 },
  53: { format: 'b', length: 'LLVAR', size: 16 },
  54: { format: 'an', length: 'LLLVAR', size: 120 },
  55: { format: 'b', length: 'LLLVAR', size: 999 },
  60: { format: 'n', length: 'fixed', size: 6 },
  61: { format: 'ans', length: 'LLLVAR', size: 29 },
  62: { format: 'an', length: 'LLLVAR', size: 999 },
  70: { format: 'n', length: 'fixed', size: 3 },
  74: { format: 'n', length: 'fixed', size: 10 },
  75: { format: 'n', length: 'fixed', size: 10 },
  76: { format: 'n', length: 'fixed', size: 10 },
  77: { format: 'n', length: 'fixed', size: 10 },
  86: { format: 'n', length: 'fixed', size: 16 },
  87: { format: 'n', length: 'fixed', size: 16 },
  88: { format: 'n', length: 'fixed', size: 16 },
  89: { format: 'n', length: 'fixed', size: 16 },
  90: { format: 'n', length: 'fixed', size: 42 },
} as const satisfies FieldTable

export type FieldNumber = keyof typeof fields

/** What a message says, field by field. Fixed texts stand without the spaces that fill them up on the line. */
export type IsoFields = { readonly [Field in FieldNumber]?: string }

export const isFieldNumber = (field: number): field is FieldNumber => field in fields
