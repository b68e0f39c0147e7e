// Energy as whole hundredths of a kilowatt hour.

declare const unit: unique symbol

/** Energy in 0.01 kWh (power-card.md 1.3). Always a safe integer. */
export type Energy = number & { readonly [unit]: 'energy' }

/** Makes energy of a number of 0.01 kWh. Throws on anything but a safe integer. */
export const energy = (hundredths: number): Energy => {
  if (!Number.isSafeInteger(hundredths))
    throw new RangeError(`${hundredths} is not a whole number of 0.01 kWh`)
  return hundredths as Energy
}

export const noEnergy = energy(0)

export const plusEnergy = (...amounts: Energy[]): Energy =>
  energy(amounts.reduce((sum, amount) => sum + amount, 0))

/** `5840` as `58.40`, without the unit. */
export const formatEnergy = (amount: Energy): string => {
  const digits = String(Math.abs(amount)).padStart(3, '0')
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
