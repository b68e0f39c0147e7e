import { runWorld } from './world.ts'
const [seed, sales, faults, trace] = process.argv.slice(2)
const t0 = performance.now()
const done = await runWorld({ seed: Number(seed), sales: Number(sales), faults: Number(faults), ...(trace ? { trace: console.log } : {}) })
console.log({ ...done, faults: Object.entries(done.faults).filter(([, n]) => n > 0).length })
const s = (performance.now() - t0) / 1000
console.log(`${s.toFixed(2)} s, ${(done.sales / s).toFixed(1)} sales/s`)
process.exit(0)
