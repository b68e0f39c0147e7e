// Every word of the first setup, by name: a language that misses one does not compile.
import type { Language } from '../../domain/language.ts'
import type { SetupQuestion } from '../../domain/setup/questions.ts'
import type { SlotPlace, Slots } from '../kiosk/screen.ts'
import type { ServiceDevice } from '../kiosk/service/service-page.ts'
import type { DeviceLine, SetupPage, SetupProblem, SetupStep } from './setup-view.ts'

/** A heading, and one sentence under it. */
export type Asked = { title: string; hint: string }

type Working = Extract<SetupPage, { kind: 'working' }>['at']
type Paper = Extract<SetupPage, { kind: 'report' }>['paper']

export type SetupTexts = {
  progress: string
  steps: Record<SetupStep, string>
  /** At the foot: what this is, before the machine has a name. */
  newKiosk: string
  kiosk: string
  back: string
  on: string
  silent: string
  language: Asked
  question: Record<SetupQuestion, Asked>
  keyboard: {
    label: string
    erase: string
    space: string
    capitals: string
    stick: string
  }
  problem: Record<Exclude<SetupProblem, { said: string }>['kind'], string> & {
    'refused by the centre': (said: string) => string
    'not done': (said: string) => string
  }
  working: Record<Working, Asked>
  device: Record<ServiceDevice, string>
  devices: Asked & {
    notFound: string
    tested: Record<DeviceLine['tested'], string>
    again: string
    noReader: string
  }
  assigning: {
    test: string
    leaveOut: string
    /** Over the lines that can be chosen. */
    where: string
    here: string
    models: string
    leftOut: string
    /** What there is to do where nothing was found. */
    missing: Record<ServiceDevice, string>
  }
  testing: Record<ServiceDevice, string>
  looking: Asked & { seen: string; notSeen: string }
  slots: Asked & { slot: Record<keyof Slots, string>; place: Record<SlotPlace, string> }
  report: {
    print: string
    again: string
    inService: string
    paper: Record<Exclude<Paper, 'none'>, string>
  }
}

const loaders: Record<Language, () => Promise<{ setupTexts: SetupTexts }>> = {
  en: () => import('./texts.en.ts'),
  zh: () => import('./texts.zh.ts'),
  ar: () => import('./texts.ar.ts'),
}

export const loadSetupTexts = async (language: Language): Promise<SetupTexts> =>
  (await loaders[language]()).setupTexts
