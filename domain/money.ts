// Money as whole minor units: made here, added here, divided only by `allocate`.

declare const unit: unique symbol

/** An amount in 1/100 of the main currency unit (power-card.md 1.3). Always a safe integer. */
export type Minor = number & { readonly [unit]: 'minor' }

/** Makes money of a number. Throws on anything but a safe integer: a fraction of a cent is a bug, never an input. */
export const minor = (value: number): Minor => {
  if (!Number.isSafeInteger(value))
    throw new RangeError(`${value} is not a whole number of minor units`)
  return value as Minor
}

export const nothing = minor(0)

export const plus = (...amounts: Minor[]): Minor =>
  minor(amounts.reduce((sum, amount) => sum + amount, 0))

export const minus = (from: Minor, amount: Minor): Minor => minor(from - amount)

export const least = (...amounts: [Minor, ...Minor[]]): Minor => minor(Math.min(...amounts))

export const most = (...amounts: [Minor, ...Minor[]]): Minor => minor(Math.max(...amounts))

/** Divides an amount by weights so that the shares add up to it: what does not divide goes to the first shares. */
export const allocate = (amount: Minor, weights: readonly number[]): Minor[] => {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (total <= 0 || weights.some((weight) => weight < 0))
    throw new RangeError('weights must be positive')
  const shares = weights.map((weight) => Math.floor((amount * weight) / total))
  let left = amount - shares.reduce((sum, share) => sum + share, 0)
  return shares.map((share) => minor(left-- > 0 ? share + 1 : share))
}

/** The digits of an amount, for screens and paper: `12345` is `['123', '45']`, without sign or currency. */
export const digitsOfMoney = (amount: Minor): [whole: string, hundredths: string] => {
  const digits = String(Math.abs(amount)).padStart(3, '0')
  return [digits.slice(0, -2), digits.slice(-2)]
}

/** `12345` as `123.45`, `-5` as `-0.05`: for logs, receipts in Latin digits and tests. */
export const formatMoney = (amount: Minor): string =>
  `${amount < 0 ? '-' : ''}${digitsOfMoney(amount).join('.')}`
