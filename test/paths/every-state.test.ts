// Every state of every machine is left by time, or by an act that is bounded itself.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AnyStateNode } from 'xstate'
import { languages, type Language } from '../../domain/language.ts'
import { screenFor } from '../../kiosk/screen-for.ts'
import { waysOf } from '../../ui/kiosk/ways.ts'
import type { Screen } from '../../ui/kiosk/screen.ts'
import { formatFor } from '../../ui/parts/format.ts'
import { textsOf as arabic } from '../../ui/texts/ar.ts'
import { textsOf as english } from '../../ui/texts/en.ts'
import type { Texts } from '../../ui/texts/texts.ts'
import { textsOf as chinese } from '../../ui/texts/zh.ts'
import { salePaths } from '../sale-paths.ts'
import { gallery } from '../screen-gallery.ts'
import { servicePages } from '../service-gallery.ts'
import { answersTo, leavesOf, nodesOf } from '../flaws.ts'
import { servicePaths, startPaths } from './kiosk-paths.ts'
import { limitsOfActs, placesOfRest } from './limits-of-acts.ts'
import { walked } from './machines.ts'
import { nameOf, screensOfService, screensOfStory } from './screens-of-states.ts'
import { wellServiced } from '../service-facts.ts'

const machines = Object.entries(walked).map(([name, { machine }]) => [name, machine] as const)

/** The state itself and those around it. */
const around = (node: AnyStateNode): AnyStateNode[] =>
  node.parent === undefined ? [node] : [node, ...around(node.parent)]

const actsOf = (node: AnyStateNode): string[] =>
  node.invoke.flatMap(({ src }) => (typeof src === 'string' ? [src] : []))

/** What ends a state when nobody does anything; null when nothing does. */
const whatEnds = (node: AnyStateNode): string | null => {
  if (node.type === 'final') return 'it is an end'
  if ((node.always ?? []).some(({ guard }) => guard === undefined)) return 'at once'
  // The root's acts live as long as the machine and end nothing.
  const places = around(node).filter(({ parent }) => parent !== undefined)
  if (places.some(({ config }) => Object.keys(config.after ?? {}).length > 0)) return 'a time-out'
  if (places.some(({ tags }) => tags.includes('customer'))) return 'the patience of the sale'
  if (places.some((place) => actsOf(place).some((act) => act in limitsOfActs))) return 'its act'
  return node.id in placesOfRest ? 'rest' : null
}

it('every machine there is is walked', () => {
  const folder = 'state-machines'
  const made = readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), 'utf8')
      return [...text.matchAll(/createMachine\(\{\s+id: '(\w+)'/g)].map(([, id]) => id)
    })
  expect(new Set(made)).toEqual(new Set(machines.map(([, { id }]) => id)))
})

describe.each(machines)('the machine %s', (name, machine) => {
  it.each(leavesOf(machine.root).map((node) => [node.id, node] as const))(
    'leaves %s by time alone, or by an act that is bounded',
    (_, node) => {
      expect(whatEnds(node), `${node.id} has no time-out, and is no place of rest`).not.toBeNull()
    },
  )

  it('waits for no act whose limit is not known', () => {
    const root = new Set(actsOf(machine.root))
    const acts = nodesOf(machine.root)
      .flatMap(actsOf)
      .filter((act) => !root.has(act))
    expect(acts.filter((act) => !(act in limitsOfActs))).toEqual([])
  })

  it('goes on whether an act succeeds or fails', () => {
    // A child machine of ours ends by itself; its failure is a fault of ours and ends the program (house style, rule 22).
    const children = new Set(
      Object.entries(limitsOfActs).flatMap(([act, { by }]) =>
        by === 'its own states' ? [act] : [],
      ),
    )
    const deaf = nodesOf(machine.root)
      .filter(({ parent }) => parent !== undefined)
      .flatMap((node) =>
        node.invoke
          .filter(({ src }) => typeof src === 'string' && src in limitsOfActs && !children.has(src))
          .filter(({ id }) => !answersTo(node).has(`xstate.error.actor.${id}`))
          .map(({ id }) => id),
      )
    expect(deaf, name).toEqual([])
  })

  it('is walked through every state', () => {
    const { paths } = walked[name] ?? { paths: [] }
    const reached = new Set<string>()
    for (const { state } of paths as { state: { _nodes: AnyStateNode[] } }[]) {
      for (const { id } of state._nodes) reached.add(id)
    }
    // Transient states are passed through within one step. What the customer's patience does is said to the story from
    // outside.
    const missed = leavesOf(machine.root).filter(
      (node) =>
        !reached.has(node.id) &&
        whatEnds(node) !== 'at once' &&
        !node.id.startsWith('sale.patience.'),
    )
    expect(missed.map(({ id }) => id)).toEqual([])
  })
})

it('names no act and no place of rest that is gone', () => {
  const nodes = machines.flatMap(([, machine]) => nodesOf(machine.root))
  const acts = new Set(nodes.flatMap(actsOf))
  const ids = new Set(nodes.map(({ id }) => id))
  expect(Object.keys(limitsOfActs).filter((act) => !acts.has(act))).toEqual([])
  expect(Object.keys(placesOfRest).filter((id) => !ids.has(id))).toEqual([])
})

const sources = { en: english, zh: chinese, ar: arabic }
const texts = (language: Language): Texts =>
  sources[language](
    formatFor({ language, currency: { code: 'CNY', symbol: '¥' }, timeZone: 'Asia/Shanghai' }),
    () => Date.UTC(2026, 10, 24),
  )
const words = languages.map((language) => [language, texts(language)] as const)
const drawn = new Set([...gallery, ...servicePages].map(({ view }) => view.screen.kind))

/** What the screen lacks: drawn words in every language, and a way out where a customer is waited for. */
const lacks = (screen: Screen, { customer }: { customer: boolean }): string[] => [
  ...(drawn.has(screen.kind)
    ? []
    : [`${screen.kind} is not in the gallery, whose every word is looked at`]),
  ...words.flatMap(([language, text]) => {
    const { cancel, back, on, choices } = waysOf(screen, text)
    const ways = [cancel, back, on].filter((way) => way !== null)
    return [
      ...ways
        .filter(({ label }) => label.trim() === '')
        .map(({ press }) => `${language}: ${press.type} has no word`),
      ...(customer && ways.length + choices.length === 0 ? [`${screen.kind} has no way out`] : []),
    ]
  }),
]

const facts = {
  hour: 9,
  suggestions: { money: [20, 50], energy: [20, 50] },
  warningMs: 20_000,
  service: () => wellServiced,
}

describe('each state has a screen of its kind, ways out, and words in every language', () => {
  it('in the kiosk', () => {
    const told: string[] = []
    for (const { state } of [...startPaths, ...servicePaths]) {
      const name = nameOf(state.value.service)
      if (name === 'serving') continue
      const { screen } = screenFor({ kiosk: state, sale: null, ...facts })
      if (!(screensOfService as Record<string, readonly string[]>)[name]?.includes(screen.kind)) {
        told.push(`${name} shows "${screen.kind}"`)
      }
      const customer = ['showingUnusable', 'tellingInterrupted.telling'].includes(name)
      told.push(...lacks(screen, { customer }))
    }
    expect([...new Set(told)]).toEqual([])
  })

  it('in a sale', () => {
    const told: string[] = []
    const serving = servicePaths.find(({ state }) => state.value.service === 'serving')?.state
    if (serving === undefined) throw new Error('nobody is served')
    for (const { state } of salePaths) {
      const name = nameOf(state.value.story)
      const { screen } = screenFor({ kiosk: serving, sale: state, ...facts })
      if (!(screensOfStory as Record<string, readonly string[]>)[name]?.includes(screen.kind)) {
        told.push(`${name} shows "${screen.kind}"`)
      }
      told.push(...lacks(screen, { customer: state.hasTag('customer') }))
    }
    expect([...new Set(told)]).toEqual([])
  })
})
