// What may come from the page: every press of the picture book, and nothing else.
import { z } from 'zod'
import { languages } from '../domain/language.ts'
import { serviceChoices } from '../ui/kiosk/service/service-page.ts'
import type { Press as PressOfPage, Pressed as PressedOnPage } from '../ui/kiosk/screen.ts'

/** As many units as the keypad's five digits can say. */
const mostUnits = 99_999

const Press: z.ZodType<PressOfPage> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('language'), language: z.enum(languages) }),
  z.strictObject({ type: z.literal('theme'), theme: z.enum(['day', 'night', 'contrast']) }),
  z.strictObject({ type: z.literal('amount by'), by: z.enum(['money', 'energy']) }),
  z.strictObject({ type: z.literal('suggestion'), value: z.int().min(1).max(mostUnits) }),
  z.strictObject({ type: z.literal('digit'), digit: z.int().min(0).max(9) }),
  z.strictObject({
    type: z.literal('tender'),
    tender: z.enum(['cash', 'bank card', 'bank account', 'account']),
  }),
  z.strictObject({ type: z.literal('choose'), choice: z.enum(serviceChoices) }),
  z.strictObject({ type: z.literal('rest'), to: z.enum(['energy', 'account']) }),
  z.strictObject({
    type: z.enum([
      'buy',
      'enquire',
      'redeem',
      'back',
      'cancel',
      'keep going',
      'more time',
      'erase',
      'continue',
      'finish paying',
      'confirm',
      'deposit',
      'finish order',
      'return order',
      'print again',
      'take back',
      'done',
      'service',
    ]),
  }),
])

export const Pressed: z.ZodType<PressedOnPage> = z.strictObject({
  view: z.int().nonnegative(),
  press: Press,
})
