// What an area of the console is made of: questions that change nothing and deeds that are done once, each with the right it needs.
import type { z } from 'zod'
import type { Deeds, Questions } from '../../domain/console/contract.ts'
import type { Refusal, RefusalCode, RefusalValues } from '../../domain/console/refusals.ts'
import type { StaffMember, StaffRight } from '../../domain/console/staff.ts'
import type { CentreConfig } from '../config.ts'
import type { Reading, Work } from '../store.ts'
import type { Means } from '../turn.ts'

/** No card keys: nothing that is done at a desk needs them, and what has them can lose them. */
export type ConsoleMeans = Omit<Means, 'security'>

/** Whoever asks, and when: ms since 1970. */
type Asking = {
  now: number
  member: StaffMember
  /** Names the session it is asked in. */
  session: string
  config: CentreConfig
  means: ConsoleMeans
}

/** A question is answered from what stands in the books; it never waits for whoever writes. */
export type Looking = Asking & { read: Reading }
/** A deed is one transaction together with its line in the audit trail: both stand or neither. */
export type Doing = Asking & { work: Work }

/** `status` 404: there is no such thing; 409: not as things stand now. */
export type Refused = { kind: 'refused'; status: 404 | 409; refusal: Refusal }
export type Told<Value> = { kind: 'told'; told: Value } | Refused

export const told = <Value>(value: Value): Told<Value> => ({ kind: 'told', told: value })
export const refusedAs = <Code extends RefusalCode>(
  status: Refused['status'],
  code: Code,
  ...values: ValuesIn<Code>
): Refused => ({ kind: 'refused', status, refusal: refusalOf(code, ...values) })

/** Of a code without values there are none to give. */
export type ValuesIn<Code extends RefusalCode> = [keyof RefusalValues<Code>] extends [never]
  ? []
  : [values: RefusalValues<Code>]

export const refusalOf = <Code extends RefusalCode>(
  code: Code,
  ...[values]: ValuesIn<Code>
): Refusal => ({ code, values: values ?? {} })

type Shape = { asked: unknown; told: unknown }

export type Question<Of extends Shape, Asked = unknown> = {
  may: StaffRight
  asked: z.ZodType<Asked, Of['asked']>
  tell: (looking: Looking, asked: Asked) => Promise<Told<Of['told']>>
  /** What the audit trail says it was about. Null: showed nothing of a person and no money of theirs. */
  about: (asked: Asked) => string | null
}

export type Deed<Of extends Shape, Asked = unknown> = {
  /** Null: whoever is signed in. */
  may: StaffRight | null
  asked: z.ZodType<Asked, Of['asked']>
  carryOut: (doing: Doing, asked: Asked) => Promise<Told<Of['told']>>
  about: (asked: Asked) => string
}

/** A route whose asked value is known only to itself: made by `question` and `deed`, so that each checks its own parts. */
export type AnyQuestion<Of extends Shape> = {
  may: StaffRight
  read: (query: unknown) => Read<{
    about: string | null
    tell: (looking: Looking) => Promise<Told<Of['told']>>
  }>
}
export type AnyDeed<Of extends Shape> = {
  may: StaffRight | null
  read: (
    body: unknown,
  ) => Read<{ about: string; carryOut: (doing: Doing) => Promise<Told<Of['told']>> }>
}
export type Read<Value> = { kind: 'read'; value: Value } | { kind: 'wrong'; error: z.ZodError }

export const question = <Of extends Shape, Asked>(of: Question<Of, Asked>): AnyQuestion<Of> => ({
  may: of.may,
  read: (query) => {
    const parsed = of.asked.safeParse(query)
    if (!parsed.success) return { kind: 'wrong', error: parsed.error }
    const asked = parsed.data
    return {
      kind: 'read',
      value: { about: of.about(asked), tell: (looking) => of.tell(looking, asked) },
    }
  },
})

export const deed = <Of extends Shape, Asked>(of: Deed<Of, Asked>): AnyDeed<Of> => ({
  may: of.may,
  read: (body) => {
    const parsed = of.asked.safeParse(body)
    if (!parsed.success) return { kind: 'wrong', error: parsed.error }
    const asked = parsed.data
    return {
      kind: 'read',
      value: { about: of.about(asked), carryOut: (doing) => of.carryOut(doing, asked) },
    }
  },
})

/** All questions and deeds of an area, by name; one that is missing or unknown is a compile error. */
export type AnswersTo<Area> = {
  [Name in keyof Area]: Area[Name] extends Shape ? AnyQuestion<Area[Name]> : never
}
export type DoingOf<Area> = {
  [Name in keyof Area]: Area[Name] extends Shape ? AnyDeed<Area[Name]> : never
}

/** `me` is about the session, and answered by the server itself. */
export type AllQuestions = AnswersTo<Omit<Questions, 'me'>>
export type AllDeeds = DoingOf<Deeds>
