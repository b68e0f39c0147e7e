// The head of every page of the maintenance mode: the current switched off, who is at it, and since when nobody is served.
import { Wire } from '../../parts/wire.tsx'
import type { ServiceProps } from './part.ts'
import type { ServiceTitle } from './service-page.ts'
import { exchangeSteps, type ExchangeStep } from './texts.ts'
import { timeIn } from './value.tsx'

/** Where in an exchange a page stands; every other page has no steps. */
const stepOf: Partial<Record<ServiceTitle, ExchangeStep>> = {
  'exchange: begin': 'begin',
  'exchange: count': 'count',
  'exchange: how many': 'count',
  'exchange: compare': 'done',
  'exchange: take out': 'take out',
  'exchange: seal': 'take out',
  'exchange: put in': 'put in',
  'exchange: new box': 'put in',
  'exchange: new seal': 'put in',
  'exchange: done': 'done',
}

export const Head = ({ screen, part, at }: ServiceProps) => {
  const words = part.wordsOf(at.format)
  const { person, since, page } = screen
  const step = stepOf[page.title]
  return (
    <>
      {step === undefined ? (
        <Switch />
      ) : (
        <Wire
          reached={exchangeSteps.indexOf(step)}
          state={step === 'done' ? 'done' : 'flowing'}
          names={exchangeSteps.map((each) => words.steps[each])}
          label={words.exchange}
        />
      )}
      <p class="plate-of-service">
        <span class="who">
          {person === null ? (
            <b>{words.unknownPerson}</b>
          ) : (
            <>
              <b>
                <bdi>{person.name}</bdi>
              </b>
              <span>{words.word[person.role]}</span>
            </>
          )}
        </span>
        <span class="since">
          {since === null
            ? words.outOfService
            : words.since(timeIn(since, { format: at.format, now: at.view.now }))}
        </span>
      </p>
    </>
  )
}

/** A knife switch in the wire: its blade is up while nobody is served. */
const Switch = () => (
  <div class="wire switch" aria-hidden="true">
    <i class="bare" />
    <svg viewBox="0 0 120 60">
      <path class="ground" d="M14 46h92" />
      <path class="blade" d="M16 46 88 10" />
      <circle cx="16" cy="46" r="8" />
      <circle cx="104" cy="46" r="8" />
    </svg>
  </div>
)
