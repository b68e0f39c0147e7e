// What somebody reads who wants to know what happened.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseRecording } from '../recording.ts'
import { timeline } from './timeline.ts'

const linesOf = (name: string): string[] => {
  const file = join(import.meta.dirname, '../recordings', `${name}.ndjson`)
  const read = parseRecording(readFileSync(file, 'utf8'))
  if (read.kind === 'problem') throw new Error(read.problem)
  return timeline(read.recording)
}

it('says whose it is and which faults are in it', () => {
  expect(linesOf('jam-while-stacking').slice(0, 2)).toEqual([
    'kiosk 000000000101, version rig, 2026-11-23T16:44:11.460Z',
    'fault at 16:45:11.460: note-acceptor jam',
  ])
})

it('shows a note from the mouth to the jam, in words', () => {
  const lines = linesOf('jam-while-stacking')
  const words = [
    'notes          ->  enable',
    'notes          <-  reading',
    'notes          <-  escrow 2',
    'takingCash         is journallingIntent',
    'noteAcceptor       hears note.stack',
    'notes          <-  stacking, credit 2',
    'notes          ->  acknowledge',
    'notes          <-  stacking',
    'notes          <-  jam unsafe',
    'kiosk              hears note-acceptor.failed {"fault":{"kind":"jam"',
  ]
  let at = 0
  for (const word of words) {
    const found = lines.findIndex((line, index) => index >= at && line.includes(word))
    expect(found, word).toBeGreaterThanOrEqual(at)
    at = found
  }
})

it('shows an answer that never came as the same question again', () => {
  const lines = linesOf('answer-to-stacking-lost')
  expect(lines.filter((line) => line.includes('the same again'))).toHaveLength(3)
})

it('counts what only repeats itself, and says where something was left out', () => {
  const lines = linesOf('unplugged-after-a-quiet-night')
  expect(lines.some((line) => /nothing new {3}\(\d+ times, until /.test(line))).toBe(true)
  expect(lines.some((line) => line.includes('... nothing new for a while'))).toBe(true)
  expect(lines.length).toBeLessThan(400)
})

it('shows what a printer said of its paper', () => {
  const lines = linesOf('paper-out-while-printing')
  expect(lines.some((line) => line.includes('<-  automatic status'))).toBe(true)
  expect(lines.some((line) => line.includes('->  cut, '))).toBe(true)
})
