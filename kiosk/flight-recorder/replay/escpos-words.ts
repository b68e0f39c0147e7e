// A recorded receipt printer: its host's questions and marks are compared, the words and pictures of receipts are not.
import { realTimeQuestions } from '../../../drivers/receipt-printer/escpos/codec.ts'
import type { Language } from './held.ts'
import type { RecordedDevice } from './player.ts'
import type { Act } from './script.ts'

const content = 'words or dots'
const question = 'asks for its '
const askedAbout = new Map<number | undefined, string>(
  Object.entries(realTimeQuestions).map(([name, n]) => [n, `${name} status`]),
)

/** What a host says to a printer, in words. */
export const wordOf = (bytes: Uint8Array): string => {
  const [first, second, third] = bytes
  const begins = Buffer.of(first ?? 0, second ?? 0).toString('hex')
  switch (begins) {
    case '1004':
      return `${question}${askedAbout.get(third) ?? third?.toString(16)}`
    case '1005':
      return 'clear the buffer'
    case '1d61':
      return 'tell changes'
    case '1d72':
      return mark
    case '1d28':
      return third === 0x48 ? mark : content
    case '1d56':
    case '1b69':
      return 'cut'
    case '1d65':
      return `presenter ${third}`
    default:
      return content
  }
}

const mark = 'say when it is done'

export const escposLanguage: Language = {
  word: (did) => (did.kind === 'open' ? 'open' : wordOf(did.bytes)),
  isQuestion: (word) => word.startsWith(question),
  isContent: (word) => word === content,
  answer: (what) => (what.kind === 'in' ? Buffer.from(what.bytes).toString('hex') : what.kind),
}

/** `37 22 d1 d2 d3 d4 00`, the answer to `1D 28 48 06 00 30 30 d1 d2 d3 d4`. */
const markLength = 4
const isMarkAnswer = (bytes: Uint8Array): boolean => bytes[0] === 0x37 && bytes[1] === 0x22

export const recordedPrinter = (): RecordedDevice => {
  let lastMark: Uint8Array = new Uint8Array(markLength)
  return {
    language: escposLanguage,
    said: (bytes): Act['did'] => {
      if (bytes[0] === 0x1d && bytes[1] === 0x28 && bytes[2] === 0x48) {
        lastMark = bytes.slice(-markLength)
      }
      return { kind: 'write', bytes, clear: null }
    },
    // Marks are counted through the life of a process: the printer says today's back.
    answer: ({ bytes }) =>
      isMarkAnswer(bytes) ? Uint8Array.of(...bytes.subarray(0, 2), ...lastMark, 0) : bytes,
  }
}
