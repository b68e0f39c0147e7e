// What somebody has typed, as it is kept, or what is wrong with it. Sloppy typing is taken where it can mean one thing only.
import { KioskNumber } from '../../domain/identifiers.ts'
import { PersonNumber } from '../../domain/service/person.ts'
import { readCode } from '../../domain/enrolment/enrolment-code.ts'
import type { TextTaken } from '../../state-machines/setting-up-cast.ts'
import type { SetupQuestion } from '../../domain/setup/questions.ts'
import type { SetupProblem } from '../../ui/setup/setup-view.ts'
import { pinPattern } from '../service/pin-hash.ts'

/** As the configuration has it. */
const longestName: Partial<Record<SetupQuestion, number>> = { name: 40 }
const longestText = 80

const kept = (text: string): TextTaken => ({ kind: 'text', text })
const wrong = (kind: Exclude<SetupProblem, { said: string }>['kind']): TextTaken => ({
  kind: 'wrong',
  problem: { kind },
})

/** `secret`: the PIN that was typed before, for the one that is typed again. */
export const takeText = ({
  question,
  text: typed,
  secret,
}: {
  question: SetupQuestion
  text: string
  secret: string
}): TextTaken => {
  const text = typed.trim().replaceAll(/\s+/g, ' ')
  if (text === '') return wrong('nothing typed')
  switch (question) {
    case 'centre':
      return addressOf(text)
    case 'kiosk':
      return digitsThat(
        KioskNumber.safeParse(digitsOf(text).padStart(12, '0')),
        'not a kiosk number',
      )
    case 'code':
      return readCode(text).kind === 'code' ? kept(text) : wrong('not a whole code')
    case 'currency':
      return isCurrency(text.toUpperCase()) ? kept(text.toUpperCase()) : wrong('not a currency')
    case 'time zone':
      return zoneOf(text)
    case 'person':
      return digitsThat(PersonNumber.safeParse(digitsOf(text)), 'not a person number')
    case 'pin':
      return pinPattern.test(digitsOf(text)) ? kept(digitsOf(text)) : wrong('not a pin')
    case 'pin again':
      return digitsOf(text) === secret ? kept(secret) : wrong('pins differ')
    case 'place':
    case 'phone':
    case 'utility':
    case 'tax number':
    case 'name':
      return kept(text.slice(0, longestName[question] ?? longestText))
    default:
      return question satisfies never
  }
}

const digitsThat = (
  read: { success: true; data: string } | { success: false },
  problem: Parameters<typeof wrong>[0],
): TextTaken => (read.success ? kept(read.data) : wrong(problem))

/** Arabic digits are digits; spaces and hyphens between them say nothing. */
const digitsOf = (text: string): string =>
  text
    .replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replaceAll(/[\s.-]/g, '')

/** `centre.example:8020` is meant as `https://centre.example:8020`. */
const addressOf = (text: string): TextTaken => {
  const whole = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`
  const url = URL.parse(whole)
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.search !== '') {
    return wrong('not an address')
  }
  return kept(url.href.replace(/\/+$/, ''))
}

const isCurrency = (code: string): boolean =>
  /^[A-Z]{3}$/.test(code) && Intl.supportedValuesOf('currency').includes(code)

/** Whatever the letters' size: `asia/shanghai`; the city alone where there is one of the name. */
const zoneOf = (text: string): TextTaken => {
  const wanted = text.replaceAll(' ', '_').toLowerCase()
  const zones = Intl.supportedValuesOf('timeZone')
  const whole = zones.find((zone) => zone.toLowerCase() === wanted)
  const cities = zones.filter((zone) => zone.toLowerCase().endsWith(`/${wanted}`))
  const zone = whole ?? (cities.length === 1 ? cities[0] : undefined)
  return zone === undefined ? wrong('not a time zone') : kept(zone)
}
