// All points of a script at which its card can be torn, each with a recovery elsewhere: the cases, and a run through them.
import {
  pointsOf,
  tornBench,
  tornSale,
  type Case,
  type Protocol,
  type Script,
} from './torn-card.ts'

export type Torn = { cases: number; bytes: number; torn: number; flaws: string[] }

/** The script of this card is the same sale after sale: one centre and one card do for all cases. */
const sameEverySale = (id: string): boolean => id !== withPrices
/** The card that prices travel on, with its first sale only. */
export const withPrices = 'night-tariff'

const nameOf = ({ script, command, tear, wish }: Case): string =>
  `${script}, command ${command + 1}, ${tear.at === 'byte' ? `byte ${tear.byte}` : `${tear.at} (${tear.skip ?? 0})`}, then ${wish}`

/** Tears this card's script everywhere; with `every` 3, at every third point. */
export const tornEverywhere = async (of: {
  id: string
  protocol: Protocol
  script: Script
  every?: number
}): Promise<Torn> => {
  const { id, protocol, script, every = 1 } = of
  const points = await pointsOf({ id, protocol }, script)
  // The points around a commit are few, and all of them count; and a choice is tried both ways everywhere.
  const chosen = points.filter(({ tear }, at) => tear.at !== 'byte' || at % every === 0)
  const cases = chosen.flatMap(({ command, tear }): Case[] =>
    (['finish', 'return'] as const).map((wish) => ({ script, command, tear, wish })),
  )
  const result: Torn = {
    cases: cases.length,
    bytes: points.filter(({ tear }) => tear.at === 'byte').length,
    torn: 0,
    flaws: [],
  }
  let bench = await tornBench({ id, protocol })
  try {
    for (const [at, each] of cases.entries()) {
      if (at > 0 && !sameEverySale(id)) {
        await bench.close()
        bench = await tornBench({ id, protocol })
      }
      try {
        const { torn, flaws } = await tornSale(bench, each)
        if (torn) result.torn++
        result.flaws.push(...flaws.map((flaw) => `${nameOf(each)}: ${flaw}`))
      } catch (error) {
        result.flaws.push(`${nameOf(each)}: ${String(error)}`)
        await bench.close()
        bench = await tornBench({ id, protocol })
      }
      if (at % 50 === 49 || at === cases.length - 1 || !sameEverySale(id)) {
        result.flaws.push(...(await bench.kit.flaws()).map((flaw) => `${nameOf(each)}: ${flaw}`))
      }
    }
  } finally {
    await bench.close()
  }
  return result
}
