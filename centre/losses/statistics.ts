// The little statistics that findings rest on. Pure; no distribution is assumed where ranks will do.

/** The value below which a share of the sorted numbers lies, between neighbours in proportion; 0 of none. */
export const quantile = (sorted: ArrayLike<number>, share: number): number => {
  if (sorted.length === 0) return 0
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] ?? 0
  const above = sorted[Math.ceil(place)] ?? below
  return below + (above - below) * (place - Math.floor(place))
}

export const ascending = (numbers: Iterable<number>): Float64Array =>
  Float64Array.from(numbers).sort()

/** Middle and scatter that a few liars among many cannot move: median, and 1.4826 × median distance from it. */
export const middleOf = (numbers: Iterable<number>): { middle: number; scatter: number } => {
  const sorted = ascending(numbers)
  const middle = quantile(sorted, 0.5)
  const distances = sorted.map((each) => Math.abs(each - middle)).sort()
  return { middle, scatter: 1.4826 * quantile(distances, 0.5) }
}

/**
 * Likelihood that of `trials`, each with `chance`, `hits` or more come true: the upper tail of the binomial distribution.
 * Summed from logarithms, so that tails as small as 1e-300 come out.
 */
export const atLeast = (of: { hits: number; trials: number; chance: number }): number => {
  const { hits, trials, chance } = of
  if (hits <= 0 || chance >= 1) return 1
  if (chance <= 0 || hits > trials) return 0
  let term =
    logChoose(trials, hits) + hits * Math.log(chance) + (trials - hits) * Math.log1p(-chance)
  let sum = 0
  for (let count = hits; count <= trials; count++) {
    const added = Math.exp(term)
    sum += added
    if (count > trials * chance && added < sum * 1e-12) break
    term += Math.log((trials - count) / (count + 1)) + Math.log(chance) - Math.log1p(-chance)
  }
  return Math.min(1, sum)
}

/** One in so many, as a whole number that is safe to keep. */
export const oneIn = (likelihood: number): number =>
  likelihood <= 1e-9 ? 1_000_000_000 : Math.round(1 / likelihood)

const logChoose = (from: number, count: number): number =>
  logFactorial(from) - logFactorial(count) - logFactorial(from - count)

const logFactorials: number[] = [0]
const logFactorial = (number: number): number => {
  for (let next = logFactorials.length; next <= number; next++) {
    logFactorials.push((logFactorials[next - 1] ?? 0) + Math.log(next))
  }
  return logFactorials[number] ?? 0
}
