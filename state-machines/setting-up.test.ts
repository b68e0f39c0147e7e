// The first setup on every short path: nothing goes into service that is not ready, and nothing secret is kept.
import { createActor } from 'xstate'
import { describe, expect, it } from 'vitest'
import { setupPaths } from '../test/paths/setup-paths.ts'
import { storyOf } from '../test/paths/machine-paths.ts'
import { isReady } from './setting-up-cast.ts'
import { settingUp } from './setting-up.ts'
import { noAnswers, resumed, stageAfter, stageBefore, withText } from './setup-answers.ts'

const inService = setupPaths.filter(({ state }) => state.matches('inService'))

describe('on every path', () => {
  it('a kiosk goes into service with a certificate, a PIN, a reader, and a report without anything wrong', () => {
    expect(inService.length).toBeGreaterThan(0)
    const early = inService.filter(({ state: { context } }) => {
      const { enrolled, pinHash, devices } = context.answers
      return (
        !enrolled || pinHash === null || devices.cardReader === null || !isReady(context.report)
      )
    })
    expect(early.map(storyOf)).toEqual([])
  })

  it('neither code nor PIN is among the answers', () => {
    const told = setupPaths.filter(({ state: { context } }) =>
      ['code', 'pin', 'pin again'].some((question) => question in context.answers.texts),
    )
    expect(told.map(storyOf)).toEqual([])
  })

  it('what was typed is forgotten where it is needed no longer', () => {
    const kept = setupPaths.filter(
      ({ state }) =>
        ['devices', 'slots', 'report'].some((name) => state.value === name) &&
        state.context.secret !== '',
    )
    expect(kept.map(storyOf)).toEqual([])
  })
})

describe('the way through the questions', () => {
  const asked = ['kiosk', 'code', 'place', 'pin', 'pin again'] as const
  const answers = { ...noAnswers, language: 'en', texts: { kiosk: '000000000101' } } as const

  it('passes over what the plan of the authority answers', () => {
    expect(stageAfter({ answers: { ...answers, at: 'language' }, asked })).toBe('kiosk')
    expect(stageAfter({ answers: { ...answers, at: 'place' }, asked })).toBe('pin')
  })

  it('asks for no code again once the machine has enrolled, unless it becomes another kiosk', () => {
    const enrolled = { ...answers, at: 'kiosk', enrolled: true } as const
    expect(stageAfter({ answers: enrolled, asked })).toBe('place')
    expect(withText(enrolled, 'kiosk', '000000000101').enrolled).toBe(true)
    expect(withText(enrolled, 'kiosk', '000000000102').enrolled).toBe(false)
  })

  it('leads back, and from a second PIN to the first', () => {
    expect(stageBefore({ answers: { ...answers, at: 'devices' }, asked })).toBe('pin')
    expect(stageBefore({ answers: { ...answers, at: 'language' }, asked })).toBeNull()
    expect(resumed({ ...answers, at: 'pin again' }).at).toBe('pin')
  })

  it('goes on after a power cut where the technician was', () => {
    const at = (stage: 'slots' | 'place') => {
      const actor = createActor(settingUp, {
        input: { answers: { ...answers, at: stage }, asked },
      })
      actor.start()
      const { value } = actor.getSnapshot()
      actor.stop()
      return value
    }
    expect(at('slots')).toBe('slots')
    expect(at('place')).toBe('asking')
  })
})
