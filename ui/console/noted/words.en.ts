// Reasons that were noted, in English: they are said as they were noted.
import type { NotedWords } from './words.ts'

export const notedEn: NotedWords = { separator: '; ', said: (reason) => reason }
