// A kiosk as it comes from the factory, on the bench: from the first page of its setup to its first customer's, over the wire.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { View } from '../../ui/kiosk/screen.ts'
import type { SetupPage, SetupPress, SetupView } from '../../ui/setup/setup-view.ts'
import { readConfig } from '../config.ts'
import { startBench, type Bench } from './bench.ts'

const startLimitMs = 180_000
/** Three drawn pages come out of the printer, and every line is asked. */
const patience = { timeout: 40_000, interval: 50 }

let folder = ''
let bench: Bench
const said: string[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-setup-'))
  bench = await startBench({
    dataFolder: folder,
    port: 0,
    pace: 'quick',
    withoutPcscd: true,
    setup: true,
    say: (line) => said.push(line),
  })
}, startLimitMs)
afterAll(async () => {
  await bench.close()
  await rm(folder, { recursive: true })
}, startLimitMs)

/** The view a page is sent when it connects. */
const viewNow = async <Seen = SetupView>(): Promise<Seen> => {
  const answer = await fetch(new URL('/screen', bench.kioskUrl))
  let text = ''
  for await (const bytes of answer.body ?? []) {
    text += Buffer.from(bytes).toString('utf8')
    if (text.endsWith('\n\n')) break
  }
  return JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? 'null') as Seen
}

const shows = <Kind extends SetupPage['kind']>(
  kind: Kind,
  more: Partial<Extract<SetupPage, { kind: Kind }>> = {},
): Promise<SetupView> =>
  vi.waitFor(async () => {
    const view = await viewNow()
    expect(view.page).toMatchObject({ kind, ...more })
    return view
  }, patience)

const press = async (on: SetupView, press: SetupPress): Promise<number> => {
  const answer = await fetch(new URL('/press', bench.kioskUrl), {
    method: 'POST',
    body: JSON.stringify({ view: on.number, press }),
  })
  return answer.status
}

const answer = async (
  question: Extract<SetupPage, { kind: 'question' }>['question'],
  text: string,
) => expect(await press(await shows('question', { question }), { type: 'answer', text })).toBe(204)

it('is set up by a technician with nothing but the paper of the office, and goes into service', async () => {
  const first = await shows('language')
  expect(await press(first, { type: 'language', language: 'en' })).toBe(204)
  // What the number of a view is for: an answer to a page that is gone is none.
  await shows('question', { question: 'kiosk' })
  expect(await press(first, { type: 'answer', text: '999' })).toBe(409)

  await answer('kiosk', '101')
  const [, code = ''] = /its code (\S+)$/.exec(said.join('\n')) ?? []
  await answer('code', code.slice(0, -1))
  expect((await shows('question', { question: 'code' })).problem).toEqual({
    kind: 'not a whole code',
  })
  await answer('code', code.toLowerCase().replaceAll('-', ' '))
  await answer('place', 'Main Street 1')
  await answer('person', '4711')
  await answer('name', 'Ada')
  await answer('pin', '2580')
  await answer('pin again', '2580')

  const devices = await shows('devices')
  expect(devices.page).toMatchObject({
    devices: [
      { device: 'cardReader', found: { line: null } },
      { device: 'noteAcceptor', found: { said: '1873452 · CNY' } },
      { device: 'receiptPrinter', found: { said: 'ESC/POS 80 mm' } },
      { device: 'bankTerminal', found: { said: '29001006' } },
    ],
    mayGoOn: true,
  })
  await press(devices, { type: 'device', device: 'receiptPrinter' })
  await press(await shows('device'), { type: 'choose', choice: 'test' })
  await press(await shows('testing', { looking: true }), { type: 'choose', choice: 'seen' })
  const printer = await shows('device')
  expect(printer.page).toMatchObject({ device: { tested: 'passed' } })
  await press(printer, { type: 'back' })
  await press(await shows('devices'), { type: 'on' })
  await press(await shows('slots'), { type: 'on' })

  // On a machine that is busy with other tests a device may answer too late: whoever stands there looks again.
  const report = await vi.waitFor(async () => {
    const view = await shows('report')
    if (view.page.kind === 'report' && !view.page.ready) {
      await press(view, { type: 'choose', choice: 'check again' })
    }
    const wrong =
      view.page.kind === 'report' && view.page.rows.filter(({ mark }) => mark === 'wrong')
    expect(wrong).toEqual([])
    return view
  }, patience)
  await press(report, { type: 'choose', choice: 'print' })
  const printed = await shows('report', { paper: 'printed' })
  expect(bench.papers().at(-1)?.text).toContain('000000000101')
  await press(printed, { type: 'choose', choice: 'in service' })

  await vi.waitFor(async () => {
    const { screen, language } = await viewNow<View>()
    expect({ kind: screen.kind, language }).toEqual({ kind: 'attract', language: 'en' })
  }, patience)
  const read = await readConfig(bench.paths.kioskConfig)
  expect(read).toMatchObject({
    kind: 'config',
    config: {
      kiosk: { number: '000000000101', place: 'Main Street 1' },
      devices: { noteAcceptor: { serial: '1873452' }, bankTerminal: { terminalId: '29001006' } },
    },
  })
  // Neither code nor PIN lies anywhere in what was kept.
  const kept = await readFile(bench.paths.kioskConfig, 'utf8')
  expect(kept).not.toMatch(/2580|"code":\s*"[0-9A-Z]{4}-/)
}, 150_000)
