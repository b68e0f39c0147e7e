// The drivers that ship, on the lines of a set-up: what is tried here is what will run.
import type { Duplex } from 'node:stream'
import type { SetupAnswers } from '../../state-machines/setup-answers.ts'
import { driversOf } from '../devices.ts'
import type { KioskConfig } from '../config.ts'
import type { Log } from '../log.ts'
import { checkedConfigOf } from './config-of.ts'
import type { Drivers } from './listening.ts'
import { usualModel } from './printer-models.ts'
import type { SetupPlan } from './setup-plan.ts'

/** Nothing is recorded before there is a kiosk. */
const noRecorder = {
  tapLine: (_line: string, open: () => Promise<Duplex>) => open,
  overhear: () => () => undefined,
  tapCards: <Service>(service: Service) => service,
}

const driversFor = (config: KioskConfig, log: Log): Drivers =>
  driversOf({
    config,
    log,
    recorder: noRecorder,
    loops: {
      heard: () => () => undefined,
      agesMs: () => ({}),
      turned: () => undefined,
      turnedMs: () => 0,
    },
    lines: { count: () => undefined },
  })

export type DriversOf = {
  /** As they were answered. */
  chosen: (answers: SetupAnswers) => Drivers
  /** A driver of each kind, all on one line: whichever is started asks there who answers. */
  onLine: (answers: SetupAnswers, line: string) => Drivers
}

/** Throws with what is wrong with the answers so far. */
export const driversIn = (plan: SetupPlan, log: Log): DriversOf => {
  const made = (answers: SetupAnswers) => {
    const read = checkedConfigOf(plan, answers)
    if (read.kind === 'problems') throw new Error(read.problems.join('; '))
    return driversFor(read.config, log)
  }
  return {
    chosen: made,
    onLine: (answers, line) => made({ ...answers, devices: devicesOn(line) }),
  }
}

/** Nobody is known yet: any unit may answer. */
const devicesOn = (line: string): SetupAnswers['devices'] => {
  const on = { line, usb: null }
  return {
    cardReader: { name: '' },
    noteAcceptor: { ...on, serial: 'any', currency: '', values: [] },
    receiptPrinter: { ...on, model: usualModel },
    bankTerminal: { ...on, framing: framingOn(line), terminalId: 'any' },
  }
}

/** Port 20007 is the one that ZVT has on a network (devices.md 10.1); a serial device server has any other. */
export const framingOn = (line: string): 'serial' | 'tcp' =>
  line.startsWith('tcp:') && line.endsWith(':20007') ? 'tcp' : 'serial'
