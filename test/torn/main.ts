// `npm run torn`: the card torn at every byte of every command of a script and of its undo, and healed at another kiosk.
import { flawsAtKiosk, tornAtKiosk } from './at-the-kiosk.ts'
import { tornEverywhere, withPrices } from './every-byte.ts'

let cases = 0
let flawed = 0
for (const protocol of ['T=0', 'T=1'] as const) {
  for (const [id, script] of [
    ['plain-sale', 'sale'],
    ['plain-sale', 'undo'],
    [withPrices, 'sale'],
  ] as const) {
    const from = performance.now()
    const found = await tornEverywhere({ id, protocol, script })
    cases += found.cases
    flawed += found.flaws.length
    const seconds = Math.round((performance.now() - from) / 1000)
    console.log(
      `${protocol}, ${script} of ${id}: ${found.bytes} bytes, ${found.cases} cases, ${found.torn} torn, ${found.flaws.length} flaws, ${seconds} s`,
    )
    for (const flaw of found.flaws) console.log(`  ${flaw}`)
  }
}
const atKiosk = await tornAtKiosk()
for (const each of atKiosk) {
  const { torn, flaws } = await flawsAtKiosk(each)
  cases++
  if (torn && flaws.length === 0) continue
  flawed++
  console.log(`at a whole kiosk, ${each.name}: ${torn ? flaws.join('; ') : 'was not reached'}`)
}
console.log(`at a whole kiosk: ${atKiosk.length} points`)
console.log(`${cases} cases, ${flawed} flaws`)
process.exitCode = flawed === 0 ? 0 : 1
