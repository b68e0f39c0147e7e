// Three short sounds, made on the spot: take, done, attention. Each says what the screen shows at the same moment.
import type { View } from './screen.ts'

export type Sound = 'take' | 'done' | 'attention'

/** The sound of a change, or null. Its visible twin is the new screen's cue, its filled wire, or its broken one. */
export const soundOf = (before: View | null, now: View): Sound | null => {
  if (before === null) return null
  const [was, is] = [before.screen, now.screen]
  if (before.warning === null && now.warning !== null) return 'attention'
  if (is.kind === 'take card') {
    if (was.kind !== 'take card') return 'take'
    return is.urgent && !was.urgent ? 'attention' : null
  }
  if (is.kind === 'insert notes' && was.kind === 'insert notes') {
    if (is.note.kind === was.note.kind) return is.inserted > was.inserted ? 'take' : null
    if (is.note.kind === 'taken') return 'take'
    return is.note.kind === 'refused' || is.note.kind === 'stopped' ? 'attention' : null
  }
  if (is.kind === 'paying by card' && was.kind === 'paying by card') {
    if (is.hint === was.hint) return null
    return is.hint === 'remove card' ? 'take' : is.hint === 'wrong pin' ? 'attention' : null
  }
  if (is.kind === was.kind) return null
  if (is.kind === 'choose tender') return is.problem === null ? null : 'attention'
  if (is.kind === 'thank you') return is.after.kind === 'bought' ? 'done' : null
  if (is.kind === 'refused' || is.kind === 'mishap' || is.kind === 'put card back') {
    return 'attention'
  }
  return null
}

type Tone = { hertz: number; atMs: number; lastsMs: number }

/** All under a second (accessibility.md 2: at most 3 s). */
const tones: Record<Sound, Tone[]> = {
  take: [{ hertz: 660, atMs: 0, lastsMs: 180 }],
  done: [
    { hertz: 523, atMs: 0, lastsMs: 160 },
    { hertz: 659, atMs: 130, lastsMs: 160 },
    { hertz: 784, atMs: 260, lastsMs: 320 },
  ],
  attention: [
    { hertz: 440, atMs: 0, lastsMs: 200 },
    { hertz: 440, atMs: 300, lastsMs: 260 },
  ],
}

let audio: AudioContext | null = null
let volume = 7

/** 0 to 10, as it was set at the kiosk; from the next sound on. */
export const loud = (wanted: number): void => {
  volume = wanted
}

export const play = (sound: Sound, inMs = 0): void => {
  if (volume === 0 || typeof AudioContext === 'undefined') return
  audio ??= new AudioContext()
  const context = audio
  // Outside a kiosk the browser keeps sound back until the first touch; the visible twin is there all the same.
  if (context.state === 'suspended') void context.resume()
  for (const { hertz, atMs, lastsMs } of tones[sound]) {
    const [start, end] = [
      context.currentTime + (inMs + atMs) / 1000,
      context.currentTime + (inMs + atMs + lastsMs) / 1000,
    ]
    const oscillator = new OscillatorNode(context, { type: 'triangle', frequency: hertz })
    const loudness = new GainNode(context, { gain: 0 })
    loudness.gain.setValueAtTime(0, start)
    loudness.gain.linearRampToValueAtTime(volume / 28, start + 0.015)
    loudness.gain.exponentialRampToValueAtTime(0.001, end)
    oscillator.connect(loudness).connect(context.destination)
    oscillator.start(start)
    oscillator.stop(end)
  }
}
