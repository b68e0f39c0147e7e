// @vitest-environment happy-dom
// Values in three languages, in the town's own time zone and currency.
import { beforeAll, describe, expect, it } from 'vitest'
import type { SignedIn } from '../../../domain/console/staff-room.ts'
import type { Language } from '../../../domain/language.ts'
import { signedIn } from '../signed-in.ts'
import { format, isolated } from './format.ts'
import { language } from './language.ts'

const town = { currency: 'CNY', timeZone: 'Asia/Shanghai', name: 'Harbour Town' }
beforeAll(() => signedIn({ town } as SignedIn))

const inThe = (wanted: Language) => {
  language.value = wanted
  return format()
}
/** The last minute of a day in London is the next morning in Shanghai. */
const at = Date.parse('2026-11-26T23:59:00Z')

describe('a value', () => {
  it('of money is written to the minor unit, and stays in one piece in Arabic', () => {
    expect(inThe('en').money(1_234_567_890)).toBe('¥12,345,678.90')
    expect(inThe('zh').money(-5)).toBe('-¥0.05')
    expect(inThe('ar').money(12_345)).toBe('\u2066¥123.45\u2069')
  })

  it('of energy carries the unit of the language', () => {
    expect(inThe('en').energy(5_840)).toBe('58.40 kWh')
    expect(inThe('zh').energy(5_840)).toBe('58.40 度')
    expect(inThe('ar').energy(5_840)).toBe('58.40 ك.و.س')
  })

  it('of time is that of the town, in digits from 0 to 9', () => {
    expect(inThe('en').when(at)).toBe('27 Nov 2026, 07:59')
    expect(inThe('zh').time(at)).toBe('07:59')
    expect(inThe('ar').when(at)).toMatch(/^27 نوفمبر 2026.* 07:59$/)
  })

  it('of a day or a month is what it says, whatever the zone', () => {
    expect(inThe('en').day('2026-11-01')).toBe('1 Nov 2026')
    expect(inThe('en').day('2026-11')).toBe('November 2026')
    expect(inThe('en').weekdayName(0)).toBe('Mon')
  })

  it('that lies back is told in its largest unit', () => {
    const { ago, lasting } = inThe('en')
    expect(ago(at - 3 * 60_000, at)).toBe('3 min ago')
    expect(ago(at - 26 * 3_600_000, at)).toBe('26 hr ago')
    expect(ago(at - 3 * 86_400_000, at)).toBe('3 days ago')
    expect(lasting(90_000)).toBe('2 mins')
  })

  it('that is a foreign name does not turn a sentence around', () => {
    expect(isolated('lin')).toBe('\u2068lin\u2069')
  })
})
