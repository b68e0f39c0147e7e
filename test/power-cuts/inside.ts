// The rig itself: proves each store, prints a table, and ends with 1 when a record was lost. Runs in name spaces of its own.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { seeded } from '../centre-kit.ts'
import { argumentsOf } from './arguments.ts'
import { appendWithoutSync, walNormal } from './careless.ts'
import { centreStore } from './centre-verifier.ts'
import { countersStore } from './counters-verifier.ts'
import { diskTroubles } from './disk-troubles.ts'
import { tool } from './disks.ts'
import { journalStore } from './journal-verifier.ts'
import { prove, type Proof, type ProvenStore } from './proving.ts'

const controls: readonly ProvenStore[] = [appendWithoutSync, walNormal]
const stores = { journal: journalStore, counters: countersStore, centre: centreStore }
const kept = resolve('var/power-cuts')

/** Proves one store in a folder that is taken away again, or kept when it shows something. */
const proveOne = async (store: ProvenStore, of: { seed: number; cuts: number }): Promise<Proof> => {
  const folder = mkdtempSync(join(tmpdir(), 'wattpoint-power-cuts-'))
  try {
    const proof = await prove({ store, folder, ...of, chance: seeded(of.seed) })
    const { cutsWithLoss, mostLost, acknowledged, flaws, ms } = proof
    console.log(
      [
        store.name.padEnd(30),
        `${of.cuts} cuts`.padStart(9),
        `${acknowledged} acknowledged`.padStart(18),
        `${cutsWithLoss} with loss`.padStart(13),
        `${mostLost} lost at most`.padStart(17),
        `${(ms / 1000).toFixed(1)} s`.padStart(8),
      ].join(' '),
    )
    for (const flaw of flaws) console.log(`  ${flaw}`)
    if (flaws.length > 0) keep(folder, store.name)
    return proof
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The three files that reproduce a failure: the disk as it began, its writes, the notebook. */
const keep = (folder: string, name: string): void => {
  mkdirSync(kept, { recursive: true })
  for (const [from, as] of [
    ['start.img', 'start.img'],
    ['recorded/writes.log', 'writes.log'],
    ['notebook.ndjson', 'notebook.ndjson'],
  ] as const) {
    tool('cp', '--sparse=always', join(folder, from), join(kept, `${name}-${as}`))
  }
  console.log(`  kept in var/power-cuts: ${name}-*`)
}

const main = async (): Promise<boolean> => {
  const args = argumentsOf(process.argv.slice(2))
  if (args.kind === 'problems') {
    for (const problem of args.problems) console.error(problem)
    return false
  }
  const { seed, cuts, store, brief, controlCuts } = args
  console.log(`seed ${seed}`)
  const chosen = store === null ? Object.values(stores) : [stores[store]]
  const proofs: Proof[] = []
  for (const each of chosen) proofs.push(await proveOne(each, { seed, cuts }))
  const shown: Proof[] = []
  for (const each of controls) shown.push(await proveOne(each, { seed, cuts: controlCuts }))
  const troubles =
    store === null ? await diskTroubles(brief ? ['centre'] : ['kiosk', 'centre']) : []
  for (const trouble of troubles) console.log(trouble)
  const blind = shown.filter(({ cutsWithLoss }) => cutsWithLoss === 0)
  for (const each of blind) console.log(`${each.store}: no loss was found; the rig is broken`)
  const lost = proofs.reduce((sum, { cutsWithLoss }) => sum + cutsWithLoss, 0)
  const flawed = proofs.filter(({ flaws }) => flaws.length > 0)
  console.log(
    `${proofs.reduce((sum, proof) => sum + proof.cuts, 0)} power cuts, ${lost} of them lost an acknowledged record`,
  )
  return lost === 0 && flawed.length === 0 && blind.length === 0 && troubles.length === 0
}

// The first process of a name space hears only what it listens to; when it ends, all others of it end, mounts and all.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
process.exitCode = (await main()) ? 0 : 1
