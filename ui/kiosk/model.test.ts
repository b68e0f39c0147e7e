import { describe, expect, it } from 'vitest'
import type { Language } from '../../domain/language.ts'
import { gallery } from '../../test/screen-gallery.ts'
import { servicePages } from '../../test/service-gallery.ts'
import { textsOf as english } from '../texts/en.ts'
import { textsOf as chinese } from '../texts/zh.ts'
import { KioskModel, type TextsOf } from './model.ts'
import type { View } from './screen.ts'
import type { ServicePart } from './service/part.ts'
import { serviceTextsOf as serviceWords } from './service/texts.en.ts'

const viewOf = (name: string, more: Partial<View> = {}): View => {
  const found = gallery.find((each) => each.name === name)
  if (found === undefined) throw new Error(`no picture is called ${name}`)
  return { ...found.view, ...more }
}

/** The part that draws the maintenance mode, where nothing is drawn. */
const undrawn: ServicePart = {
  Head: () => null,
  Service: () => null,
  Whole: () => null,
  cues: () => [],
  pressed: () => undefined,
  wordsOf: serviceWords,
}

/** A model whose time is moved by hand, and whose words come when the test says so. */
const hands = () => {
  let at = 0
  const waiting: { language: Language; come: (texts: TextsOf) => void }[] = []
  const pauses: (() => void)[] = []
  const kiosk = new KioskModel({
    ticks: () => at,
    loadTexts: (language) => new Promise((come) => waiting.push({ language, come })),
    loadService: () => Promise.resolve(undrawn),
    pause: () => new Promise((over) => pauses.push(over)),
  })
  return {
    kiosk,
    waiting,
    pauses,
    pass: (ms: number) => {
      at += ms
      kiosk.tick()
    },
  }
}

const shown = async (name: string, more: Partial<View> = {}) => {
  const all = hands()
  const showing = all.kiosk.show(viewOf(name, more))
  all.waiting[0]?.come(english)
  await showing
  return all
}

describe('the model', () => {
  it('shows a view when its words are here, and of several that wait only the newest', async () => {
    const { kiosk, waiting } = hands()
    const first = kiosk.show(viewOf('account', { number: 1 }))
    const second = kiosk.show(viewOf('enquiry', { number: 2, language: 'zh' }))
    expect(kiosk.view.value).toBeNull()
    waiting[1]?.come(chinese)
    await second
    waiting[0]?.come(english)
    await first
    expect(kiosk.view.value?.number).toBe(2)
    expect(kiosk.texts.value?.cancel).toBe('取消')
  })

  it('asks for the words of a language once', async () => {
    const { kiosk, waiting } = await shown('account')
    await kiosk.show(viewOf('enquiry'))
    expect(waiting).toHaveLength(1)
    expect(kiosk.view.value?.screen.kind).toBe('enquiry')
  })

  it('does not say that something takes a moment when it is over at once', async () => {
    const { kiosk, pauses } = await shown('choose amount', { number: 1 })
    const waiting = kiosk.show(viewOf('please wait: price', { number: 2 }))
    expect(kiosk.view.value?.number).toBe(1)
    await kiosk.show(viewOf('choose tender', { number: 3 }))
    pauses[0]?.()
    await waiting
    expect(kiosk.view.value?.number).toBe(3)
  })

  it('says that something takes a moment when it does', async () => {
    const { kiosk, pauses } = await shown('choose amount', { number: 1 })
    const waiting = kiosk.show(viewOf('please wait: price', { number: 2 }))
    pauses[0]?.()
    await waiting
    expect(kiosk.view.value?.number).toBe(2)
  })

  it('goes on from the kiosk clock, and counts a warning down to nothing and no further', async () => {
    const { kiosk, pass } = await shown('warning')
    const began = kiosk.clock.value
    expect(kiosk.secondsLeft.value).toBe(20)
    pass(1_000)
    expect(kiosk.clock.value).toBe(began + 1_000)
    expect(kiosk.secondsLeft.value).toBe(19)
    pass(60_000)
    expect(kiosk.secondsLeft.value).toBe(0)
  })

  it('counts on when a dropped line brings the same view again', async () => {
    const { kiosk, pass } = await shown('warning')
    pass(5_000)
    await kiosk.show(viewOf('warning'))
    expect(kiosk.secondsLeft.value).toBe(15)
    await kiosk.show(viewOf('warning', { number: 2 }))
    expect(kiosk.secondsLeft.value).toBe(20)
  })

  it('takes a trembling finger for one press, and a second digit for a digit', async () => {
    const { kiosk, pass } = await shown('choose amount', { number: 7 })
    expect(kiosk.pressed({ type: 'digit', digit: 5 })).toEqual({
      view: 7,
      press: { type: 'digit', digit: 5 },
    })
    pass(100)
    expect(kiosk.pressed({ type: 'digit', digit: 5 })).toBeNull()
    // The kiosk has answered: the next 5 is meant.
    await kiosk.show(viewOf('choose amount, typed', { number: 8 }))
    expect(kiosk.pressed({ type: 'digit', digit: 5 })?.view).toBe(8)
    pass(600)
    expect(kiosk.pressed({ type: 'digit', digit: 5 })?.view).toBe(8)
  })

  it('takes a digit that is typed twice in a hurry for two where a PIN is typed', async () => {
    const pin = servicePages.find(({ view }) => {
      const { screen } = view
      return screen.kind === 'service' && screen.page.title === 'your pin'
    })
    if (pin === undefined) throw new Error('the gallery has no page for a PIN')
    const { kiosk, pass } = await shown('attract')
    await kiosk.show(pin.view)
    expect(kiosk.pressed({ type: 'digit', digit: 1 })).not.toBeNull()
    pass(60)
    expect(kiosk.pressed({ type: 'digit', digit: 1 })).not.toBeNull()
    expect(kiosk.pressed({ type: 'confirm' })).not.toBeNull()
    pass(60)
    expect(kiosk.pressed({ type: 'confirm' })).toBeNull()
  })

  it('forgets that somebody used the keypad when the next one comes', async () => {
    const { kiosk } = await shown('account')
    kiosk.keyUsed()
    expect(kiosk.keypad.value).toBe(true)
    await kiosk.show(viewOf('attract'))
    expect(kiosk.keypad.value).toBe(false)
  })
})
