// What a set-up reads from a machine and leaves on it: ports, a code on a stick, facts, a configuration that a kiosk starts with.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeCode, printedCode } from '../../domain/enrolment/enrolment-code.ts'
import { minor } from '../../domain/money.ts'
import { noAnswers, type SetupAnswers } from '../../state-machines/setup-answers.ts'
import { readConfig } from '../config.ts'
import { openAnswers } from './answers-file.ts'
import { checkedConfigOf, configTextOf } from './config-of.ts'
import { linesOfMachine } from './lines.ts'
import { askedBy, readPlan, SetupPlan } from './setup-plan.ts'
import { codeFileName, codeOnStick } from './stick.ts'
import { machineTextOf, placeOf, writeFiles } from './written-files.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'setup-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const put = (path: string, content = '') => {
  const whole = join(folder, path)
  mkdirSync(dirname(whole), { recursive: true })
  writeFileSync(whole, content)
  return whole
}
const link = (path: string, to: string) => {
  const whole = join(folder, path)
  mkdirSync(dirname(whole), { recursive: true })
  symlinkSync(to, whole)
}

const answers: SetupAnswers = {
  ...noAnswers,
  language: 'ar',
  at: 'report',
  texts: {
    centre: 'https://centre.example:8020',
    kiosk: '000000000101',
    place: 'Main Street 1',
    phone: '0800 123 456',
    utility: 'Energy of Town',
    'tax number': '914403001922',
    currency: 'CNY',
    'time zone': 'Asia/Shanghai',
    person: '4711',
    name: 'Ada',
  },
  enrolled: true,
  pinHash: `scrypt:15:${'a'.repeat(22)}:${'b'.repeat(43)}`,
  devices: {
    cardReader: { name: 'reader' },
    noteAcceptor: {
      line: '/dev/serial/by-id/notes',
      usb: { serial: 'A1' },
      serial: '1873452',
      currency: 'CNY',
      values: [minor(500), minor(1000)],
    },
    receiptPrinter: {
      line: '/dev/ttyUSB1',
      usb: { path: 'pci-0000:00:03.0-usb-0:2:1.0' },
      model: 'generic-58',
    },
    bankTerminal: null,
  },
}
const bare = SetupPlan.parse({ dataFolder: 'data', screen: { host: '127.0.0.1', port: 0 } })

describe('the ports of a machine', () => {
  it('are named by what stays over restarts; a serial number that two adapters share names none', async () => {
    const port = (name: string, numbers: string, facts: string) => {
      put(`dev/${name}`)
      put(`sys/class/tty/${name}/dev`, `${numbers}\n`)
      put(`run/udev/data/c${numbers}`, facts)
    }
    port('ttyUSB0', '188:0', 'E:ID_BUS=usb\nE:ID_SERIAL_SHORT=A1\nE:ID_PATH=pci-1\n')
    port('ttyUSB1', '188:1', 'E:ID_BUS=usb\nE:ID_SERIAL_SHORT=SAME\nE:ID_PATH=pci-2\n')
    port('ttyUSB10', '188:10', 'E:ID_BUS=usb\nE:ID_SERIAL_SHORT=SAME\nE:ID_PATH=pci-3\n')
    port('ttyS0', '4:64', 'E:ID_PATH=pci-0\n')
    put('sys/class/tty/ttyS0/type', '4\n')
    port('ttyS1', '4:65', '')
    put('sys/class/tty/ttyS1/type', '0\n')
    put('dev/tty1')
    link('dev/serial/by-id/usb-A1', '../../ttyUSB0')
    link('dev/serial/by-path/pci-2-port0', '../../ttyUSB1')
    expect(await linesOfMachine({ root: folder })).toEqual([
      { line: join(folder, 'dev/ttyS0'), usb: null },
      { line: join(folder, 'dev/serial/by-id/usb-A1'), usb: { serial: 'A1' } },
      { line: join(folder, 'dev/serial/by-path/pci-2-port0'), usb: { path: 'pci-2' } },
      { line: join(folder, 'dev/ttyUSB10'), usb: { path: 'pci-3' } },
    ])
  })

  it('of a machine without any are none', async () => {
    expect(await linesOfMachine({ root: join(folder, 'nothing') })).toEqual([])
  })
})

describe('a code on a stick', () => {
  const code = printedCode(makeCode(new Uint8Array(10).fill(3), Uint8Array.of(9)))

  it('is the first line that is one', async () => {
    put(`media/ada/STICK/${codeFileName}`, `for kiosk 101\r\n${code}\r\n`)
    expect(await codeOnStick([join(folder, 'media')])).toBe(code)
  })

  it('is not read from another file, nor from one that has none', async () => {
    put('other/STICK/notes.txt', code)
    put(`other/EMPTY/${codeFileName}`, 'nothing here')
    expect(await codeOnStick([join(folder, 'other'), join(folder, 'gone')])).toBeNull()
  })
})

describe('the configuration', () => {
  it('of a plan that knows nothing is made of the answers alone', () => {
    const read = checkedConfigOf(bare, answers)
    expect(read).toMatchObject({
      kind: 'config',
      config: {
        kiosk: { number: '000000000101', place: 'Main Street 1', phone: '0800 123 456' },
        centre: { url: 'https://centre.example:8020' },
        currency: { code: 'CNY', symbol: '¥' },
        language: 'ar',
        tenders: ['cash', 'account'],
        cash: { values: [500, 1000], most: 20_000 },
        devices: {
          noteAcceptor: { port: '/dev/serial/by-id/notes', serial: '1873452' },
          receiptPrinter: { port: '/dev/ttyUSB1', model: 'generic-58' },
          bankTerminal: null,
        },
        service: { persons: [{ number: '4711', name: 'Ada', role: 'supervisor' }] },
      },
    })
  })

  it('names what is missing', () => {
    const { place: _, ...texts } = answers.texts
    const read = checkedConfigOf(bare, { ...answers, texts })
    expect(read).toEqual({
      kind: 'problems',
      problems: [expect.stringMatching(/^kiosk\.place: found ""/)],
    })
  })

  it('has what the plan says in place of what nobody is asked then', () => {
    const plan = SetupPlan.parse({
      ...bare,
      phone: '0800 999',
      currency: { code: 'EUR', symbol: '€' },
      edition: 'bank',
    })
    expect(askedBy(plan)).not.toContain('phone')
    expect(checkedConfigOf(plan, answers)).toMatchObject({
      config: { kiosk: { phone: '0800 999' }, currency: { code: 'EUR' }, tenders: ['cash'] },
    })
  })

  it('a plan with a misspelt key is none', async () => {
    const path = put('plan.json', JSON.stringify({ dataFolder: 'data', screens: {} }))
    const read = await readPlan(path)
    expect(read.kind === 'problems' && read.problems.join()).toMatch(/screens/)
  })
})

describe('what is left behind', () => {
  it('lies where a link to nothing points, and a kiosk reads it', async () => {
    mkdirSync(join(folder, 'etc'), { recursive: true })
    mkdirSync(join(folder, 'var'), { recursive: true })
    link('etc/config.json', '../var/config.json')
    const configFile = join(folder, 'etc/config.json')
    expect(await placeOf(configFile)).toBe(join(folder, 'var/config.json'))
    await writeFiles({ configFile, config: configTextOf(bare, answers), answers })
    expect((await readConfig(configFile)).kind).toBe('config')
    expect(JSON.parse(readFileSync(join(folder, 'var/machine.json'), 'utf8'))).toEqual({
      usb: {
        notes: { serial: 'A1' },
        bank: null,
        printer: { path: 'pci-0000:00:03.0-usb-0:2:1.0' },
      },
    })
  })

  it('keeps what else is known of the machine, and touches no file that it cannot read', () => {
    const before = JSON.stringify({ usb: { card: { serial: 'C' } }, watchdog: 'iTCO_wdt' })
    expect(JSON.parse(machineTextOf(before, answers) ?? '')).toMatchObject({
      usb: { card: { serial: 'C' }, notes: { serial: 'A1' } },
      watchdog: 'iTCO_wdt',
    })
    expect(machineTextOf('torn {', answers)).toBeNull()
  })

  it('answers are there after a power cut; what is unreadable begins anew', async () => {
    const said: string[] = []
    const open = () =>
      openAnswers({ folder, onUnreadable: ({ keptAside }) => said.push(keptAside) })
    await (await open()).keep(answers)
    expect((await open()).begun).toEqual(answers)
    put('setup/answers.json', 'torn')
    expect((await open()).begun).toEqual(noAnswers)
    expect(said).toEqual(['answers.json.unreadable'])
  })
})
