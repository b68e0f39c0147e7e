// A person for the maintenance mode, as the configuration of a kiosk has them: `npm run person -- --number N --name NAME --role ROLE`.
//
// The PIN is asked for and never shown; what is printed has only its hash.
import { parseArgs } from 'node:util'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { checkConfig } from '../../domain/config-problems.ts'
import { Person, roles } from '../../domain/service/person.ts'
import { whyOf } from '../disk.ts'
import { giveUp } from '../usage.ts'
import { hashPin, pinPattern } from './pin-hash.ts'

const usage = `usage: npm run person -- --number N --name NAME --role ROLE
  N: 4 to 8 digits    ROLE: ${roles.join(', ')}`

const personOf = (args: string[]): Person => {
  try {
    const options = {
      number: { type: 'string' },
      name: { type: 'string' },
      role: { type: 'string' },
    } as const
    const { values } = parseArgs({ args, options, strict: true })
    const read = checkConfig(Person, values)
    return read.kind === 'config' ? read.config : giveUp([...read.problems, usage])
  } catch (error) {
    return giveUp([whyOf(error), usage])
  }
}

/** What is typed is not shown. From a pipe the first line is the PIN. */
const askPin = async (): Promise<string> => {
  process.stderr.write('PIN, 4 to 8 digits: ')
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = process.stdin.isTTY
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal })
  const [pin = ''] = await lines[Symbol.asyncIterator]()
    .next()
    .then(({ value }) => [value])
  lines.close()
  process.stderr.write('\n')
  return pin.trim()
}

const person = personOf(process.argv.slice(2))
const pin = await askPin()
if (!pinPattern.test(pin)) giveUp(['the PIN: must be 4 to 8 digits'])
process.stdout.write(`${JSON.stringify({ ...person, pin: await hashPin(pin) }, null, 2)}\n`)
