// The same driver over a real serial port: a pseudo-terminal with the simulated unit at its other end.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { minor } from '../../../../domain/money.ts'
import { pseudoTerminal, pseudoTerminalsWork, type PseudoTerminal } from '../../../cables.ts'
import { openSerialLine } from '../../../serial-port.ts'
import type { NoteAcceptorCommand, NoteAcceptorEvent } from '../../note-acceptor.ts'
import { sspLineSettings } from '../driver.ts'
import { factoryFixedKey } from '../encryption.ts'
import { sspSimulator, usualSerialNumber } from '../simulator/simulator.ts'
import { hostOf } from './host.ts'

test('the line is opened as SSP has it: 9600 baud, 8 bits, no parity, 2 stop bits', () => {
  expect(sspLineSettings).toEqual({ baudRate: 9600, dataBits: 8, stopBits: 2, parity: 'none' })
})

/** Without socat this machine cannot make pseudo-terminals; the memory cable of the other tests is all there is. */
describe.skipIf(!pseudoTerminalsWork())('over a pseudo-terminal', () => {
  let folder = ''
  let terminal: PseudoTerminal
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'notes-'))
    terminal = await pseudoTerminal({ path: join(folder, 'line') })
  })
  afterEach(async () => {
    await terminal.close()
    await rm(folder, { recursive: true })
  })

  test('a note is taken, the cable is pulled and put back, and another one is taken', async () => {
    // A unit in a hurry: the clock is the real one here.
    const delays = { reading: 10, stacking: 10, depositing: 10, returning: 10, initialising: 10 }
    const unit = sspSimulator({ delays })
    unit.attach(terminal.cable)
    const path = join(folder, 'line')
    const values = [minor(2000)]
    const credited: number[] = []
    const heard = listener()
    const driver = hostOf(
      {
        open: () => openSerialLine(path, sspLineSettings),
        enrolledSerial: usualSerialNumber,
        fixedKey: factoryFixedKey,
        minorPerUnit: 100,
        encryption: 'required',
      },
      (event) => {
        const say = (command: NoteAcceptorCommand) => driver.send({ type: 'command', command })
        if (event.type === 'note-acceptor.ready') say({ type: 'note-acceptor.open', values })
        if (event.type === 'note.escrowed') say({ type: 'note.stack' })
        if (event.type === 'note.stacked') {
          credited.push(event.value)
          say({ type: 'note.acknowledge' })
        }
        heard.hear(event)
      },
    )
    await heard.next('note-acceptor.opened')
    unit.insert(2000)
    await heard.next('note.stacked')

    await terminal.close()
    await heard.next('note-acceptor.failed')
    terminal = await pseudoTerminal({ path })
    unit.attach(terminal.cable)
    await heard.next('note-acceptor.opened')
    unit.insert(2000)
    await heard.next('note.stacked')

    driver.stop()
    unit.dispose()
    expect(credited).toEqual([2000, 2000])
    expect(unit.truth().counters.stacked).toBeGreaterThanOrEqual(1)
  })
})

/** Waits for events by name, each after the one waited for before; those that came meanwhile count. */
const listener = () => {
  const heard: NoteAcceptorEvent['type'][] = []
  let look = () => {}
  return {
    hear: (event: NoteAcceptorEvent) => {
      heard.push(event.type)
      look()
    },
    next: (type: NoteAcceptorEvent['type']) =>
      new Promise<void>((come) => {
        look = () => {
          const at = heard.indexOf(type)
          if (at === -1) return
          heard.splice(0, at + 1)
          look = () => {}
          come()
        }
        look()
      }),
  }
}
