// The program of kiosk-up: `main.ts take` when a bundle has come, `main.ts choose` before every start of the runtime,
// `main.ts settle` when the runtime said how its trial goes.
import { createPublicKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { choose } from './choosing.ts'
import { realGround } from './ground.ts'
import { layoutIn } from './layout.ts'
import { takeBundle } from './taking.ts'

const usage = 'usage: main.ts take|choose|settle [HOME [KEY]]'

const [act, home = '/opt/kiosk', keyFile = '/etc/kiosk/release-key.pem'] = process.argv.slice(2)
const layout = layoutIn(home)
const ground = realGround

const done = async (): Promise<object> => {
  switch (act) {
    case 'take': {
      const key = createPublicKey(await readFile(keyFile))
      const machine = `${process.platform}-${process.arch}`
      return takeBundle({ ground, layout, key, machine })
    }
    case 'choose':
      return choose({ ground, layout, isStart: true })
    case 'settle':
      return choose({ ground, layout, isStart: false })
    default:
      throw new Error(usage)
  }
}

try {
  process.stdout.write(`${JSON.stringify(await done())}\n`)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
