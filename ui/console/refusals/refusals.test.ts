// @vitest-environment happy-dom
// Whatever the console does not do or tell has words in every language, with all of its values, and so has every field.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import * as approvals from '../../../domain/console/approvals.ts'
import * as cards from '../../../domain/console/customer-cards.ts'
import * as customers from '../../../domain/console/customers.ts'
import * as explaining from '../../../domain/console/explaining.ts'
import * as alarms from '../../../domain/console/fleet-alarms.ts'
import * as commands from '../../../domain/console/fleet-commands.ts'
import { isFieldName } from '../../../domain/console/field-names.ts'
import * as losses from '../../../domain/console/losses.ts'
import { refusals, type Refusal, type RefusalCode } from '../../../domain/console/refusals.ts'
import * as staffRoom from '../../../domain/console/staff-room.ts'
import * as tariffs from '../../../domain/console/tariffs.ts'
import { languages, type Language } from '../../../domain/language.ts'
import { refusalsAr } from './words.ar.ts'
import { refusalsEn } from './words.en.ts'
import { refusalsZh } from './words.zh.ts'
import { sentenceOf } from './wording.ts'
import { speak } from '../texts/words.ts'

const books = { en: refusalsEn, zh: refusalsZh, ar: refusalsAr } as const
/** A text of the language has letters of it, and a refusal has no business with those of another one. */
const lettersOf: Record<Language, RegExp> = {
  en: /^[^\p{Script=Han}\p{Script=Arabic}]*[a-z]{2}[^\p{Script=Han}\p{Script=Arabic}]*$/u,
  zh: /\p{Script=Han}/u,
  ar: /\p{Script=Arabic}/u,
}
const codes = Object.keys(refusals) as RefusalCode[]

describe.each(languages)('in %s', (language) => {
  const { sentences, fields, reasons, rights } = books[language]

  it.each(codes)('“%s” is a sentence with all of its values', (code) => {
    const values = Object.fromEntries(refusals[code].map((name) => [name, `<${name}>`]))
    const say: (of: Record<string, string>) => string = sentences[code]
    const sentence = say(values)
    expect(sentence).toMatch(lettersOf[language])
    expect(sentence).toMatch(/[.。]$|<(why|problems)>$/)
    for (const value of Object.values(values)) expect(sentence).toContain(value)
  })

  it('fields, rights and what is wrong with a field have words of the language', () => {
    const faults = Object.values(reasons).map((reason) => reason('7'))
    for (const text of [...Object.values(fields), ...Object.values(rights), ...faults]) {
      expect(text).toMatch(lettersOf[language])
    }
  })
})

/** Every key of what a deed takes, however deep. */
const keysOf = (schema: unknown): string[] => {
  if (!(schema instanceof z.ZodType)) return []
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).flatMap(([key, inside]) => [key, ...keysOf(inside)])
  }
  const { def } = schema as unknown as { def: Record<string, unknown> }
  const inside = [def['innerType'], def['element'], def['in'], def['options']].flat()
  return inside.flatMap(keysOf)
}

it('every field of every deed is called something', () => {
  const areas = [
    approvals,
    cards,
    customers,
    explaining,
    alarms,
    commands,
    losses,
    staffRoom,
    tariffs,
  ]
  const deeds = areas
    .flatMap((area): unknown[] => Object.values(area))
    .map(keysOf)
    .filter((keys) => keys.includes('deedId'))
  expect(deeds.length).toBeGreaterThan(20)
  expect([...new Set(deeds.flat())].filter((key) => !isFieldName(key))).toEqual([])
})

describe('a sentence', () => {
  it('has its money written as the language writes it', async () => {
    const refusal: Refusal = {
      code: 'less is owed',
      values: { owed: { kind: 'money', amount: 1_250 } },
    }
    await speak('zh')
    expect(sentenceOf(refusal)).toMatch(/^仅欠 \S*12\.50。$/)
    await speak('ar')
    expect(sentenceOf(refusal)).toMatch(/^الدين \u2066\S*12\.50\u2069 فقط\.$/)
  })

  it('about fields names each, and what has to be there', async () => {
    const refusal: Refusal = {
      code: 'fields',
      fields: [
        { field: 'overdraft', why: { kind: 'too large', bound: 10_000_000 } },
        { field: 'reason', why: { kind: 'too short', bound: 5 } },
      ],
    }
    await speak('en')
    expect(sentenceOf(refusal)).toMatch(
      /^“credit agreed” must be \S*100,000\.00 or less\. “reason” must have 5 characters or more\.$/,
    )
  })
})
