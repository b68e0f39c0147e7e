// What the page knows: the view as the kiosk last sent it, its words, the kiosk's clock, and whether the kiosk is heard.
import { batch, computed, createModel, signal } from '@preact/signals'
import type { Language } from '../../domain/language.ts'
import { formatFor, type Format } from '../parts/format.ts'
import type { Texts } from '../texts/texts.ts'
import type { Press, Pressed, View } from './screen.ts'
import type { ServicePart } from './service/part.ts'

export type TextsOf = (format: Format, now: () => number) => Texts

export type ModelParts = {
  /** Fetches the words of a language; only those that are shown are fetched. */
  loadTexts: (language: Language) => Promise<TextsOf>
  /** Fetches the maintenance mode, when it is to be shown. */
  loadService: (language: Language) => Promise<ServicePart>
  /** Milliseconds that only go forward. */
  ticks: () => number
  pause: (ms: number) => Promise<void>
}

/** The same press again on the same view within this is a trembling hand (accessibility.md 2, double strike). */
const doubleStrikeMs = 500
/** What is done sooner than this needs no “please wait”: a screen that only flashes cannot be read. */
const flashMs = 160

export const KioskModel = createModel((parts: ModelParts) => {
  const view = signal<View | null>(null)
  const textsOf = signal<TextsOf | null>(null)
  const service = signal<ServicePart | null>(null)
  const silent = signal(false)
  const keypad = signal(false)
  const clock = signal(0)
  const loaded = new Map<Language, TextsOf>()
  let wanted: View | null = null
  let heardAt = 0
  let last: { pressed: string; at: number } | null = null

  const nowMs = (): number =>
    view.peek() === null ? 0 : (view.peek()?.now ?? 0) + parts.ticks() - heardAt

  const put = (next: View, texts: TextsOf, part: ServicePart | null) =>
    batch(() => {
      if (next.screen.kind === 'attract' && view.peek()?.screen.kind !== 'attract') {
        keypad.value = false
      }
      // The same view again, after a dropped line: its moment is past, the page's own clock goes on.
      const known = view.peek()
      const again = known !== null && known.number === next.number && known.now === next.now
      view.value = next
      textsOf.value = texts
      service.value = part
      if (again) return
      heardAt = parts.ticks()
      clock.value = next.now
    })

  /** Shows a view once its words are here; of several that wait, only the newest. */
  const show = async (next: View): Promise<void> => {
    wanted = next
    let texts = loaded.get(next.language)
    if (texts === undefined) {
      texts = await parts.loadTexts(next.language)
      loaded.set(next.language, texts)
    }
    const part = next.screen.kind === 'service' ? await parts.loadService(next.language) : null
    const shown = view.peek()?.screen.kind
    if (next.screen.kind === 'please wait' && shown !== undefined && shown !== 'please wait') {
      await parts.pause(flashMs)
    }
    if (wanted === next) put(next, texts, part)
  }

  const format = computed(() =>
    view.value === null
      ? null
      : formatFor({
          language: view.value.language,
          currency: view.value.currency,
          timeZone: view.value.timeZone,
        }),
  )

  return {
    view: computed(() => view.value),
    format,
    texts: computed(() =>
      format.value === null ? null : (textsOf.value?.(format.value, nowMs) ?? null),
    ),
    /** Null while customers are served. */
    service: computed(() => service.value),
    silent: computed(() => silent.value),
    keypad: computed(() => keypad.value),
    /** The kiosk's time, milliseconds since 1970; moves once a second. */
    clock: computed(() => clock.value),
    /** Whole seconds until the screen is lost, or null. */
    secondsLeft: computed(() => {
      const warned = view.value
      if (warned === null || warned.warning === null) return null
      const gone = Math.max(0, clock.value - warned.now)
      return Math.max(0, Math.ceil(warned.warning.secondsLeft - gone / 1000))
    }),
    show,
    tick: () => {
      clock.value = nowMs()
    },
    heard: (isSilent: boolean) => {
      silent.value = isSilent
    },
    keyUsed: () => {
      keypad.value = true
    },
    /** The press as it is sent, or null when it repeats the last one. */
    pressed: (press: Press): Pressed | null => {
      const shown = view.peek()
      if (shown === null) return null
      const pressed: Pressed = { view: shown.number, press }
      const text = JSON.stringify(pressed)
      const at = parts.ticks()
      // Whoever types a PIN types it fast, and one digit twice.
      const typed = shown.screen.kind === 'service' && press.type === 'digit'
      const again = last !== null && last.pressed === text && at - last.at < doubleStrikeMs
      if (again && !typed) return null
      last = { pressed: text, at }
      return pressed
    },
  }
})
export type Kiosk = InstanceType<typeof KioskModel>
