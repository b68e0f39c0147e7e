// The list of parts, and how they are put together.
import type { Declared, PartOf } from './declared.ts'
import type { Facts } from './facts.ts'
import { browser } from './parts/browser.ts'
import { card } from './parts/card.ts'
import { check } from './parts/check.ts'
import { disk } from './parts/disk.ts'
import { firewall } from './parts/firewall.ts'
import { network } from './parts/network.ts'
import { runtime } from './parts/runtime.ts'
import { screen } from './parts/screen.ts'
import { system } from './parts/system.ts'
import { update } from './parts/update.ts'
import { usb } from './parts/usb.ts'
import { users } from './parts/users.ts'

/** In no order: nothing in a part may depend on another having been applied first. */
export const parts: readonly PartOf[] = [
  users,
  disk,
  runtime,
  screen,
  browser,
  check,
  card,
  usb,
  firewall,
  network,
  system,
  update,
]

/** Throws when two parts declare the same thing: that is a mistake of ours. */
export const declaredFor = (facts: Facts, list: readonly PartOf[] = parts): Declared => {
  const made = list.map((part) => part(facts))
  const declared: Declared = {
    packages: made.flatMap((part) => part.packages ?? []),
    users: made.flatMap((part) => part.users ?? []),
    folders: made.flatMap((part) => part.folders ?? []),
    files: made.flatMap((part) => part.files ?? []),
    links: made.flatMap((part) => part.links ?? []),
    units: made.flatMap((part) => part.units ?? []),
  }
  const { packages, users, folders, files, links, units } = declared
  // Two parts may want the same package: that is no contradiction.
  const once = new Map(packages.map((one) => [one.name, one]))
  assertOnce([...folders, ...files, ...links].map(({ path }) => path))
  assertOnce([...users, ...units].map(({ name }) => name))
  return { ...declared, packages: [...once.values()] }
}

const assertOnce = (names: readonly string[]): void => {
  const seen = new Set<string>()
  for (const name of names) {
    if (seen.has(name)) throw new Error(`${name} is declared twice`)
    seen.add(name)
  }
}
