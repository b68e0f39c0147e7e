// The words of reasons that were noted: `…` stands where the value does.
import type { NotedReason } from '../../../domain/console/noted-reasons.ts'

export type NotedWords = { separator: string; said: (reason: NotedReason) => string }
