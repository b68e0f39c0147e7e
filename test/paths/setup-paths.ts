// Every short path through the first setup: what a technician, a centre, devices and the disk may do in each state.
import type { EventFromLogic } from 'xstate'
import { settingUp } from '../../state-machines/setting-up.ts'
import { isReady } from '../../state-machines/setting-up-cast.ts'
import { noAnswers } from '../../state-machines/setup-answers.ts'
import type { SetupReportRow } from '../../ui/setup/setup-view.ts'
import { pathsOf } from './machine-paths.ts'

type Event = EventFromLogic<typeof settingUp>

const failed = new Error('disk full')
const well: SetupReportRow = {
  check: 'centre',
  value: { kind: 'word', word: 'reached' },
  mark: 'well',
}
const wrong: SetupReportRow = {
  check: 'centre',
  value: { kind: 'word', word: 'away' },
  mark: 'wrong',
}

const choose = (choice: Extract<Event, { type: 'press.choose' }>['choice']): Event => ({
  type: 'press.choose',
  choice,
})
const back: Event = { type: 'press.back' }
const on: Event = { type: 'press.on' }
const ended: Event = { type: 'search.ended' }
const reader: Event = {
  type: 'search.found',
  device: { device: 'cardReader', found: { name: 'reader' } },
}
const printer: Event = {
  type: 'search.found',
  device: {
    device: 'receiptPrinter',
    found: { line: '/dev/ttyS0', usb: null, model: 'generic-80' },
  },
}

const events: Record<string, readonly Event[]> = {
  language: [{ type: 'press.language', language: 'zh' }],
  asking: [{ type: 'press.answer', text: 'answer' }, choose('read stick'), back],
  searching: [{ type: 'search.lines', lines: ['/dev/ttyS0'] }, reader, printer, ended],
  devices: [{ type: 'press.device', device: 'receiptPrinter' }, choose('search again'), on, back],
  device: [
    choose('test'),
    choose('leave out'),
    { type: 'press.line', line: '/dev/ttyS0' },
    { type: 'press.model', model: 'generic-58' },
    back,
  ],
  testing: [
    { type: 'test.looking' },
    choose('seen'),
    { type: 'test.ended', device: 'receiptPrinter', passed: true, rows: [] },
    back,
  ],
  slots: [{ type: 'press.slot', slot: 'card', place: 'bottom' }, on, back],
  report: [choose('print'), choose('check again'), choose('in service'), back],
}

export const setupPaths = pathsOf(settingUp, {
  // Three questions of each kind are as good as thirteen.
  input: { answers: noAnswers, asked: ['kiosk', 'code', 'pin', 'pin again'] },
  endings: {
    takeText: [
      { kind: 'text', text: '1' },
      { kind: 'wrong', problem: { kind: 'pins differ' } },
      failed,
    ],
    readStick: ['1', null, failed],
    enrol: [{ kind: 'enrolled' }, { kind: 'wrong', problem: { kind: 'centre away' } }, failed],
    hashPin: ['hash', failed],
    search: [failed],
    testDevice: [failed],
    check: [[well], [wrong], failed],
    print: [true, false, failed],
    finish: [undefined, failed],
  },
  events: ({ value }) => events[value] ?? [],
  key: ({ context }) => [
    context.answers.at,
    context.answers.enrolled,
    context.answers.devices.cardReader !== null,
    context.answers.devices.receiptPrinter !== null,
    context.only !== null,
    context.looking,
    context.problem?.kind ?? null,
    isReady(context.report),
  ],
})
