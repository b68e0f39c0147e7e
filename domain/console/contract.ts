// Everything the pages of the console ask of the centre, and everything they have done there.
//
// A question is `GET /api/NAME?…`: it changes nothing. A deed is `POST /api/NAME` with a body of JSON: it is done once for
// its `deedId`, and stands in the audit trail. Each area of the console declares its own in a file beside this one.
import type { ApprovalDeeds, ApprovalQuestions } from './approvals.ts'
import type { CustomerDeeds, CustomerQuestions } from './customers.ts'
import type { ExplainingDeeds, ExplainingQuestions } from './explaining.ts'
import type { FigureQuestions } from './figures.ts'
import type { FleetAreaDeeds, FleetAreaQuestions } from './fleet.ts'
import type { LossesDeeds, LossesQuestions } from './losses.ts'
import type { StaffDeeds, StaffQuestions } from './staff-room.ts'
import type { TariffDeeds, TariffQuestions } from './tariffs.ts'

/** By name: what is asked and what is told. */
export type Questions = StaffQuestions &
  FleetAreaQuestions &
  FigureQuestions &
  CustomerQuestions &
  TariffQuestions &
  ApprovalQuestions &
  ExplainingQuestions &
  LossesQuestions
/** By name: what is to be done and what is told when it is done. */
export type Deeds = StaffDeeds &
  FleetAreaDeeds &
  CustomerDeeds &
  TariffDeeds &
  ApprovalDeeds &
  ExplainingDeeds &
  LossesDeeds

export type QuestionName = keyof Questions
export type DeedName = keyof Deeds

/** Of a page of a long list: the last row it has shown; left out at the first page. */
export type Told<Row> = { rows: Row[]; next: string | null }
