// What may come from the page of the set-up: every press of its picture book, and nothing else.
import { z } from 'zod'
import { languages } from '../../domain/language.ts'
import { setupDevices } from '../../state-machines/setup-answers.ts'
import {
  setupChoices,
  type SetupPress,
  type SetupPressed as PressedOnPage,
} from '../../ui/setup/setup-view.ts'
import { KioskConfig } from '../config.ts'

/** Longer than any code, address or name. */
const longestText = 200

const Press: z.ZodType<SetupPress> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('language'), language: z.enum(languages) }),
  z.strictObject({ type: z.literal('answer'), text: z.string().max(longestText) }),
  z.strictObject({ type: z.literal('choose'), choice: z.enum(setupChoices) }),
  z.strictObject({ type: z.literal('device'), device: z.enum(setupDevices) }),
  z.strictObject({
    type: z.literal('line'),
    line: z
      .string()
      .regex(/^(\/[^\s]+|tcp:[^:\s]+:\d{1,5})$/)
      .max(longestText),
  }),
  z.strictObject({ type: z.literal('model'), model: z.string().max(40) }),
  z.strictObject({
    type: z.literal('slot'),
    slot: z.enum(['card', 'notes', 'bankTerminal', 'receipt']),
    place: KioskConfig.shape.slots.shape.card,
  }),
  z.strictObject({ type: z.enum(['on', 'back']) }),
])

export const SetupPressed: z.ZodType<PressedOnPage> = z.strictObject({
  view: z.int().nonnegative(),
  press: Press,
})
