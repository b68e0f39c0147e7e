// What a plan for old debt may be: from a few per cent to nine tenths of a purchase, and something always stays for energy (domain.md 10.1).

/** Shares in 1/10000, the cap in minor units. */
export const planBounds = {
  share: { least: 500, most: 9_000 },
  cap: { least: 100 },
  leastEnergyShare: { least: 1_000, most: 9_000 },
} as const
