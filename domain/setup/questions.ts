// What is typed in the first setup of a kiosk.

/** What is typed, one question a page. `code` and the PINs are kept nowhere. */
export const setupQuestions = [
  'centre',
  'kiosk',
  'code',
  'place',
  'phone',
  'utility',
  'tax number',
  'currency',
  'time zone',
  'person',
  'name',
  'pin',
  'pin again',
] as const
export type SetupQuestion = (typeof setupQuestions)[number]
