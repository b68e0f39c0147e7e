// The readiness report: everything a kiosk needs before it goes into service, each looked at now.
import { statfs } from 'node:fs/promises'
import type { DeviceTested } from '../../state-machines/setting-up-cast.ts'
import type { SetupAnswers } from '../../state-machines/setup-answers.ts'
import type { SetupReportRow } from '../../ui/setup/setup-view.ts'
import type {
  ServiceDevice,
  ServiceMark,
  ServiceValue,
} from '../../ui/kiosk/service/service-page.ts'
import type { ReadConfig } from '../config.ts'
import type { Identity } from '../enrolment/identity.ts'

/** With less the kiosk goes out of service before long; with less than the second somebody should know. */
const leastFreeBytes = 200_000_000
const usualFreeBytes = 2_000_000_000
/** Half of what a certificate's and a quote's moments allow. */
const clockOffMostMs = 120_000

export type CentreSeen = { kind: 'reached'; clockOffMs: number | null } | { kind: 'away' }

export type ReadinessFacts = {
  answers: SetupAnswers
  config: ReadConfig
  tested: Partial<Record<ServiceDevice, DeviceTested | undefined>>
  /** `not needed`: the centre is on this machine. */
  identity: Identity | null | 'not needed'
  centre: CentreSeen
  freeBytes: number | null
}

type Row = (value: ServiceValue, mark: ServiceMark) => SetupReportRow
const rowOf =
  (check: SetupReportRow['check']): Row =>
  (value, mark) => ({ check, value, mark })

const text = (words: string): ServiceValue => ({ kind: 'text', text: words })
const word = (said: Extract<ServiceValue, { kind: 'word' }>['word']): ServiceValue => ({
  kind: 'word',
  word: said,
})

/** Pure. Nothing `wrong` in it: the kiosk may go into service. */
export const readinessOf = (facts: ReadinessFacts): SetupReportRow[] => [
  ...identityRows(facts),
  ...centreRows(facts.centre),
  ...diskRows(facts.freeBytes),
  deviceRow('cardReader', facts),
  deviceRow('noteAcceptor', facts),
  ...notesRows(facts),
  deviceRow('receiptPrinter', facts),
  deviceRow('bankTerminal', facts),
  ...settingsRows(facts),
]

const identityRows = ({ identity }: ReadinessFacts): SetupReportRow[] => {
  const row = rowOf('enrolled')
  if (identity === 'not needed') return []
  return [
    identity === null ? row(word('no'), 'wrong') : row({ kind: 'time', at: identity.to }, 'well'),
  ]
}

const centreRows = (centre: CentreSeen): SetupReportRow[] => {
  if (centre.kind === 'away') return [rowOf('centre')(word('away'), 'wrong')]
  const { clockOffMs } = centre
  return [
    rowOf('centre')(word('reached'), 'well'),
    ...(clockOffMs === null
      ? []
      : [
          Math.abs(clockOffMs) <= clockOffMostMs
            ? rowOf('clock')(word('well'), 'well')
            : rowOf('clock')(
                { kind: 'seconds', value: Math.round(Math.abs(clockOffMs) / 1000) },
                'wrong',
              ),
        ]),
  ]
}

const diskRows = (freeBytes: number | null): SetupReportRow[] => {
  const row = rowOf('disk')
  if (freeBytes === null) return [row(word('unknown'), 'attention')]
  const mark =
    freeBytes < leastFreeBytes ? 'wrong' : freeBytes < usualFreeBytes ? 'attention' : 'well'
  return [row({ kind: 'bytes', value: freeBytes }, mark)]
}

/** What is not there can be done without, but for the reader. */
const deviceRow = (device: ServiceDevice, { answers, tested }: ReadinessFacts): SetupReportRow => {
  const row = rowOf(device)
  if (answers.devices[device] === null) {
    return row(word('none'), device === 'cardReader' ? 'wrong' : 'attention')
  }
  const result = tested[device]
  if (result === undefined) return row(word('unknown'), 'attention')
  return result.passed ? row(word('passed'), 'well') : row(word('device fault'), 'wrong')
}

/** The acceptor's own currency and notes against those of the kiosk. */
const notesRows = ({ answers, config }: ReadinessFacts): SetupReportRow[] => {
  const { noteAcceptor } = answers.devices
  if (noteAcceptor === null || config.kind === 'problems') return []
  const { currency, cash } = config.config
  const row = rowOf('notes')
  if (noteAcceptor.currency !== currency.code) {
    return [row(text(`${noteAcceptor.currency} ≠ ${currency.code}`), 'wrong')]
  }
  const both = cash.values.filter((value) => noteAcceptor.values.includes(value))
  const said = text(`${currency.code} ${both.map((value) => value / 100).join(' ')}`)
  return [row(both.length === 0 ? word('none') : said, both.length === 0 ? 'wrong' : 'well')]
}

const settingsRows = ({ config, answers }: ReadinessFacts): SetupReportRow[] => {
  if (config.kind === 'problems') {
    return config.problems.map((problem) => rowOf('settings')(text(problem), 'wrong'))
  }
  const { tenders, service } = config.config
  return [
    ...tenders.map((tender) => rowOf('tenders')({ kind: 'tender', tender }, 'quiet')),
    ...(tenders.length === 0 ? [rowOf('tenders')(word('none'), 'wrong')] : []),
    rowOf('person')(
      text(`${answers.texts.person ?? ''} ${answers.texts.name ?? ''}`.trim()),
      service === null ? 'wrong' : 'well',
    ),
    rowOf('settings')(word('well'), 'well'),
  ]
}

/** Asks the centre whether it is there, and what time it has there. Never rejects. */
export const lookAtCentre = async (
  url: string,
  fetch: typeof globalThis.fetch,
  now: () => number,
): Promise<CentreSeen> => {
  try {
    const answer = await fetch(`${url.replace(/\/+$/, '')}/v1/health`, {
      signal: AbortSignal.timeout(8_000),
    })
    await answer.arrayBuffer()
    if (!answer.ok) return { kind: 'away' }
    const at = Date.parse(answer.headers.get('date') ?? '')
    return { kind: 'reached', clockOffMs: Number.isNaN(at) ? null : now() - at }
  } catch {
    return { kind: 'away' }
  }
}

/** Null when the folder's disk cannot be asked. */
export const freeBytesOf = async (folder: string): Promise<number | null> => {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    return null
  }
}
