// The area of the tariffs: what is asked of them and done for them, each with the right it needs.
import {
  DraftAsked,
  NewVersion,
  SimulationAsked,
  TariffAsked,
  TariffProposed,
  TariffsAsked,
  TrialAsked,
  type TariffDeeds,
  type TariffQuestions,
} from '../../../domain/console/tariffs.ts'
import { deed, question, told, type AnswersTo, type DoingOf } from '../asking.ts'
import { simulate } from './simulating.ts'
import { draftInOffice, keepDraft, proposeVersion } from './tariff-drafts.ts'
import { tariffInOffice, tariffsInOffice } from './tariffs-in-office.ts'
import { tryVersion } from './trying.ts'

export const tariffQuestions: AnswersTo<TariffQuestions> = {
  tariffs: question({
    may: 'see tariffs',
    asked: TariffsAsked,
    about: () => null,
    tell: async (looking) => told({ tariffs: await tariffsInOffice(looking) }),
  }),
  tariff: question({
    may: 'see tariffs',
    asked: TariffAsked,
    about: () => null,
    tell: tariffInOffice,
  }),
  'tariff/draft': question({
    may: 'see tariffs',
    asked: DraftAsked,
    about: () => null,
    tell: (looking, { draft }) => draftInOffice(looking, draft),
  }),
  'tariff/trial': question({
    may: 'change tariffs',
    asked: TrialAsked,
    about: ({ draft }) => `trial of draft ${draft}`,
    tell: tryVersion,
  }),
  simulation: question({
    may: 'see customers',
    asked: SimulationAsked,
    about: ({ customer }) => `customer ${customer}`,
    tell: simulate,
  }),
}

export const tariffDeeds: DoingOf<TariffDeeds> = {
  'tariff/new-version': deed({
    may: 'change tariffs',
    asked: NewVersion,
    about: () => 'a version in the making',
    carryOut: keepDraft,
  }),
  'tariff/propose': deed({
    may: 'change tariffs',
    asked: TariffProposed,
    about: ({ draft }) => `draft ${draft}`,
    carryOut: proposeVersion,
  }),
}
