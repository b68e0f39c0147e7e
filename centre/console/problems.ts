// What is wrong with something that was asked, in sentences that never repeat a password.
import type { z } from 'zod'
import { problemsOf } from '../../domain/schema.ts'

const secrets = new Set(['password', 'current', 'wanted'])
const most = 10

export const problemsWithoutSecrets = (error: z.ZodError, input: unknown): string => {
  const shown =
    typeof input === 'object' && input !== null
      ? Object.fromEntries(
          Object.entries(input).map(([key, value]) => [key, secrets.has(key) ? '…' : value]),
        )
      : input
  return problemsOf(error, shown).slice(0, most).join('; ')
}
