// Every short path through the machines that live beside the sale: notes nobody waits for, and slips that are owed.
import type { EventFromLogic } from 'xstate'
import { minor } from '../../domain/money.ts'
import { printingSlips } from '../../state-machines/printing-slips.ts'
import { strayNotes } from '../../state-machines/stray-notes.ts'
import { testIds } from '../test-ids.ts'
import { pathsOf } from './machine-paths.ts'

const ids = testIds()
const saleId = ids.sale()
const failed = new Error('disk full')

/** A note of an older sale without a verdict, and one whose outcome was journalled and not acknowledged. */
const lost = { noteId: ids.note(), value: minor(2000), saleId }

export const strayPaths = pathsOf(strayNotes, {
  input: {
    ids,
    resolving: false,
    lastStacked: { value: minor(5000), counters: { stacked: 5, rejected: 0 } },
    lost: [lost],
  },
  endings: { journal: [undefined, failed] },
  // While an outcome is being journalled the acceptor is silent about money: it waits for `note.acknowledge`.
  events: ({ value }): EventFromLogic<typeof strayNotes>[] =>
    value === 'listening'
      ? [
          { type: 'note.stacked', value: minor(2000) },
          { type: 'note.stacked', value: minor(5000) },
          { type: 'note.found', where: 'stacked', value: null },
          { type: 'note.found', where: 'returned', value: null },
          { type: 'note.escrowed', value: minor(2000) },
          { type: 'sale.begun', saleId },
          { type: 'paying.begun' },
          { type: 'paying.ended', lost: [] },
          { type: 'sale.ended' },
          { type: 'testing.note', note: 'awaited' },
          { type: 'testing.note', note: 'held' },
          { type: 'testing.note', note: 'none' },
        ]
      : value === 'comparingCounters'
        ? [
            { type: 'note-acceptor.counted', counters: { stacked: 6, rejected: 0 } },
            { type: 'note-acceptor.counted', counters: { stacked: 7, rejected: 0 } },
          ]
        : [],
  key: ({ context }) => [
    context.lost.length,
    context.lastStacked !== null,
    context.paying,
    context.tested,
    context.saleId !== null,
    context.value,
    context.current !== null,
  ],
})

export const slipPaths = pathsOf(printingSlips, {
  endings: {
    journal: [undefined, failed],
    nextSlip: [{ saleId, jobId: 'S1', paper: { language: 'en', lines: [] } }, null, failed],
  },
  events: (): EventFromLogic<typeof printingSlips>[] => [
    { type: 'slips.begin' },
    { type: 'printer.changed', works: true },
    { type: 'printer.changed', works: false },
    { type: 'receipt.printed', jobId: 'S1' },
    { type: 'receipt.printed', jobId: 'of another' },
    { type: 'receipt.not-printed', jobId: 'S1', why: 'paper out' },
  ],
  key: ({ context }) => [context.works, context.slip?.jobId ?? null],
})
