// A reason that was noted, in the language that is spoken; one that is of no closed set is null.
import { readReasons } from '../../../domain/console/noted-reasons.ts'
import { isolated } from '../texts/format.ts'
import { words } from '../texts/words.ts'

export const reasonSaid = (text: string): string | null => {
  const { said, separator } = words().noted
  return (
    readReasons(text)
      ?.map(({ reason, value }) => said(reason).replace('…', isolated(value)))
      .join(separator) ?? null
  )
}
