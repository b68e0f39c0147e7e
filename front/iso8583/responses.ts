// What an answer means: the codes of field 39 (domain.md 13.2).

export const responses = {
  '00': 'approved',
  '05': 'refused',
  '12': 'not allowed here',
  '13': 'wrong amount',
  '14': 'card not accepted',
  '25': 'original not found',
  '30': 'format error',
  '51': 'not enough funds',
  '55': 'wrong PIN',
  '61': 'above the limit',
  '68': 'answer too late',
  '75': 'PIN blocked',
  '91': 'bank or centre not reachable',
  '94': 'duplicate',
  '96': 'internal error',
  A0: 'wrong MAC',
} as const

export type ResponseCode = keyof typeof responses

export const isResponseCode = (code: string | undefined): code is ResponseCode =>
  code !== undefined && code in responses

/** The words for a code, also for one that only this bank has: for logs and lists that people read. */
export const meaningOf = (code: string | undefined): string =>
  isResponseCode(code) ? responses[code] : `answer ${code ?? 'without a code'}`
