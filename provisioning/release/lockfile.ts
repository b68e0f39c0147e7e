// The lockfile of npm: which packages come with others, and where each lies.
import { z } from 'zod'

const Names = z.record(z.string(), z.string()).default({})

const Locked = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  integrity: z.string().optional(),
  /** Of a link: the folder that it leads to, from the project. */
  resolved: z.string().optional(),
  link: z.boolean().optional(),
  dependencies: Names,
  optionalDependencies: Names,
  peerDependencies: Names,
})
export type Locked = z.infer<typeof Locked>

/** By place: `node_modules/escpos`. */
export const Lockfile = z.object({ packages: z.record(z.string(), Locked) })
export type Lockfile = z.infer<typeof Lockfile>

/**
 * Places of the packages that these need, with all that they need, sorted. Packages that npm may leave out, because they are for
 * another machine, are among them.
 */
export const placesOf = ({ packages }: Lockfile, names: readonly string[]): string[] => {
  const places = new Set<string>()
  const waiting = names.map((name) => ({ from: '', name }))
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const place = placeOf(packages, next)
    if (place === null || places.has(place)) continue
    places.add(place)
    const locked = packages[place]
    const needed = {
      ...locked?.dependencies,
      ...locked?.optionalDependencies,
      ...locked?.peerDependencies,
    }
    waiting.push(...Object.keys(needed).map((name) => ({ from: place, name })))
  }
  return [...places].toSorted()
}

/** As Node looks for it: beside, then further up. */
const placeOf = (
  packages: Lockfile['packages'],
  { from, name }: { from: string; name: string },
): string | null => {
  for (let at = from; ; at = at.slice(0, Math.max(at.lastIndexOf('/node_modules/'), 0))) {
    const place = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`
    if (place in packages) return place
    if (at === '') return null
  }
}
