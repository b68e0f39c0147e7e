// The same driver over real wires: a pseudo-terminal as a serial line, and TCP, with the simulated terminal at the other end.
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { expect, test } from 'vitest'
import { PaymentId } from '../../../../domain/identifiers.ts'
import { minor } from '../../../../domain/money.ts'
import { pseudoTerminal, pseudoTerminalsWork } from '../../../cables.ts'
import { openSerialLine } from '../../../serial-port.ts'
import type { BankTerminalEvent } from '../../bank-terminal.ts'
import { zvtLineSettings } from '../driver.ts'
import { zvtSimulator } from '../simulator/simulator.ts'
import { charged } from '../simulator/truth.ts'
import { hostOf } from './host.ts'

test('the line is opened as ZVT has it: 9600 baud, 8 bits, no parity, 2 stop bits', () => {
  expect(zvtLineSettings).toEqual({ baudRate: 9600, dataBits: 8, stopBits: 2, parity: 'none' })
})

const paymentId = PaymentId.parse('01KAWZXYZ0ABCDEFGHJKMNPQRS')

/** A terminal in a hurry: the clock is the real one here. */
const hurried = (framing: 'serial' | 'tcp') =>
  zvtSimulator({ framing, delays: { host: 20, pin: 20, removal: 20, booting: 20 } })

const sellOver = async (
  terminal: ReturnType<typeof zvtSimulator>,
  framing: 'serial' | 'tcp',
  open: () => Promise<Duplex>,
): Promise<BankTerminalEvent['type'][]> => {
  const heard: BankTerminalEvent['type'][] = []
  const { promise: over, resolve: end } = Promise.withResolvers<void>()
  const driver = hostOf(
    {
      open,
      framing,
      password: '000000',
      currency: 978,
      terminalId: '29001006',
      timeZone: 'UTC',
      vending: 'required',
      slip: 'text of the bank',
      sequence: false,
    },
    (event) => {
      heard.push(event.type)
      const say = (type: 'bank-terminal.authorise' | 'bank-terminal.confirm') =>
        driver.send({
          type: 'command',
          command:
            type === 'bank-terminal.authorise'
              ? { type, paymentId, amount: minor(1010), language: 'en' }
              : { type, paymentId },
        })
      if (event.type === 'bank-terminal.ready') say('bank-terminal.authorise')
      // The hint is told before its answer has reached the terminal.
      if (event.type === 'payment.hint' && event.hint === 'insert card') present()
      if (event.type === 'payment.authorised') say('bank-terminal.confirm')
      if (event.type === 'payment.stored') end()
    },
  )
  const present = (): void => {
    if (terminal.presentCard() === 'not taken') setImmediate(present)
  }
  await over
  driver.stop()
  terminal.dispose()
  return heard.filter((type) => type !== 'payment.hint')
}

const wholeSale = ['bank-terminal.ready', 'payment.authorised', 'payment.stored']

test.skipIf(!pseudoTerminalsWork())('a payment over a pseudo-terminal', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bank-'))
  const path = join(folder, 'line')
  const wire = await pseudoTerminal({ path })
  const terminal = hurried('serial')
  terminal.attach(wire.cable)
  expect(await sellOver(terminal, 'serial', () => openSerialLine(path, zvtLineSettings))).toEqual(
    wholeSale,
  )
  expect(charged(terminal.truth())).toBe(1010)
  await wire.close()
  await rm(folder, { recursive: true })
})

test('a payment over TCP, without frames', async () => {
  const terminal = hurried('tcp')
  const server = createServer((socket) => terminal.attach(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const path = `tcp:127.0.0.1:${address.port}`
  expect(await sellOver(terminal, 'tcp', () => openSerialLine(path, zvtLineSettings))).toEqual(
    wholeSale,
  )
  expect(charged(terminal.truth())).toBe(1010)
  server.close()
})
