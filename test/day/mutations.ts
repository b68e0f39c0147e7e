// `npm run day:mutations`: the product is broken on purpose, one place at a time, and the day has to find it.
//
// Each mutation is made in a copy of the tree. One that no longer fits its file is an error: it would prove nothing.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'

type Edit = { file: string; from: string; to: string }
type Mutation = {
  of: 'note credit' | 'order reservation' | 'card commit' | 'payment' | 'recovery' | 'the disk'
  is: string
  edits: Edit[]
  /** Why the day need not find it: the promise has a second guard. */
  harmless?: string
}

const takingCash = 'state-machines/taking-cash.ts'
const writingCard = 'state-machines/writing-card.ts'

const mutations: Mutation[] = [
  {
    of: 'note credit',
    is: 'a note is credited before it is stacked',
    edits: [{ file: takingCash, from: "onDone: 'stacking',", to: "onDone: 'journallingCredit'," }],
  },
  {
    of: 'note credit',
    is: 'a note that is told again after a start is credited again',
    edits: [
      {
        file: 'kiosk/note-trail.ts',
        from: 'return { lastStacked: { value: entry.value, counters }, lost: [] }',
        to: 'return { lastStacked: null, lost: [] }',
      },
    ],
  },
  {
    of: 'note credit',
    is: 'the intent to stack a note is not journalled',
    edits: [
      {
        file: takingCash,
        from: "{ type: 'note.stacking', saleId, ...current, counters },",
        to: '',
      },
    ],
  },
  {
    of: 'note credit',
    is: 'a note that the acceptor took unasked is not credited',
    edits: [
      {
        file: takingCash,
        from: "        'note.stacked': {\n          target: 'finding',\n          actions: { type: 'hear', params: ({ event }) => event },\n        },\n        'note.found': [\n          {\n            guard: ({ event }) => event.where === 'stacked',\n            target: 'finding',",
        to: "        'note.found': [\n          {\n            guard: ({ event }) => event.where === 'stacked',\n            target: 'finding',",
      },
    ],
  },
  {
    of: 'order reservation',
    is: 'each try of a request has a fresh id',
    edits: [
      {
        file: 'kiosk/centre-client.ts',
        from: 'await tryOnce(name, body,',
        to: 'await tryOnce(name, tries === 0 ? body : body.replace(requestId, `${requestId.slice(0, -1)}${tries % 10}`),',
      },
    ],
  },
  {
    of: 'order reservation',
    is: 'each try has a fresh id, and the centre makes an order for each',
    edits: [
      {
        file: 'kiosk/centre-client.ts',
        from: 'await tryOnce(name, body,',
        to: 'await tryOnce(name, tries === 0 ? body : body.replace(requestId, `${requestId.slice(0, -1)}${tries % 10}`),',
      },
      {
        file: 'centre/orders.ts',
        from: "if (earlier !== undefined) return refusal('open order')",
        to: 'void earlier',
      },
    ],
  },
  {
    of: 'order reservation',
    is: 'an order without an answer counts as refused',
    harmless:
      'the closing of the sale asks the centre, which has the order or fences its id: nobody goes by what the kiosk believes',
    edits: [
      {
        file: 'kiosk/centre-client.ts',
        from: "return { kind: perhapsReceived ? 'unknown' : 'away', why }",
        to: "return { kind: 'away', why }",
      },
    ],
  },
  {
    of: 'card commit',
    is: 'a card that is gone before its proof counts as written',
    edits: [
      {
        file: writingCard,
        from: "            guard: ({ event }) => event.output.kind === 'card gone',\n            target: 'journallingUnknown',\n            actions: 'cardIsGone',\n          },\n          { target: 'journallingUnknown' },",
        to: "            guard: ({ event }) => event.output.kind === 'card gone',\n            target: 'journallingWritten',\n            actions: 'cardIsGone',\n          },\n          { target: 'journallingUnknown' },",
      },
    ],
  },
  {
    of: 'card commit',
    is: 'an order that the card shows counts as not loaded',
    edits: [
      {
        file: 'centre/recovery.ts',
        from: "if (open !== null && shows(open)) return { kind: 'loaded' }",
        to: "if (open !== null && shows(open)) return { kind: 'not loaded' }",
      },
    ],
  },
  {
    of: 'card commit',
    is: 'the intent to write the card is not journalled',
    edits: [
      {
        file: writingCard,
        from: "          { type: 'card.writing', saleId, orderNumber: order.orderNumber },",
        to: '          ...(saleId === order.saleId ? [] : []),',
      },
    ],
  },
  {
    of: 'card commit',
    is: 'money goes back for an order that nothing proves',
    harmless:
      'what runs late here runs in the same session: no script is kept and sent to a card afterwards; centre/recovery.test.ts holds this rule',
    edits: [
      {
        file: 'centre/recovery.ts',
        from: "return seen.label === 'RB' && youngerThan(open.fence)\n      ? { kind: 'not loaded' }\n      : { kind: 'nothing proven' }",
        to: "return { kind: 'not loaded' }",
      },
    ],
  },
  {
    of: 'payment',
    is: 'a bank is asked before the intent is on disk',
    edits: [
      {
        file: 'state-machines/charging-bank-card.ts',
        from: "          { type: 'payment.requesting', saleId, paymentId, way, amount },",
        to: '          ...(saleId === paymentId ? [amount as never, way as never] : []),',
      },
    ],
  },
  {
    of: 'payment',
    is: 'a payment that was undone is told to the centre as kept',
    edits: [
      {
        file: 'kiosk/standing-payments.ts',
        from: '      return { ...ended, end: place }',
        to: "      return { ...ended, end: 'kept' }",
      },
    ],
  },
  {
    of: 'payment',
    is: 'a payment found charged after a stop is taken for not charged',
    edits: [
      {
        file: 'state-machines/finding-payments.ts',
        from: "{ guard: 'delivered', target: 'journallingKept' },",
        to: "{ guard: 'delivered', target: 'journallingReversed' },",
      },
    ],
  },
  {
    of: 'payment',
    is: 'the front machine reverses nothing that the bank did not answer',
    edits: [
      {
        file: 'front/payment-answers.ts',
        from: '      return reversed(row, answer.why)',
        to: "      return stays(movePayment(work, row, { state: 'declined', at: now, why: answer.why, also: {} }))",
      },
    ],
  },
  {
    of: 'recovery',
    is: 'the note that was moving is forgotten at the start',
    edits: [
      { file: 'kiosk/records.ts', from: 'openNotes: openNotes(before)', to: 'openNotes: []' },
    ],
  },
  {
    of: 'recovery',
    is: 'what was begun before the stop is not said',
    edits: [{ file: 'kiosk/records.ts', from: '      ...outcomesOfStop(before),\n', to: '' }],
  },
  {
    of: 'recovery',
    is: 'a sale that was cut short is never closed with the centre',
    edits: [
      {
        file: 'kiosk/standing.ts',
        from: "if (notes.some((note) => note.place === 'unsettled')) return true",
        to: "if (notes.some((note) => note.place === 'unsettled')) return false",
      },
    ],
  },
  {
    of: 'recovery',
    is: 'a note whose place nobody knows counts as given back',
    edits: [
      {
        file: takingCash,
        from: "[{ type: 'note.unknown', saleId, ...current, why: 'the acceptor did not say' }]",
        to: "[{ type: 'note.returned', saleId, ...current }]",
      },
    ],
  },
  {
    of: 'the disk',
    is: 'an entry is acknowledged before it is synced',
    edits: [{ file: 'kiosk/journal.ts', from: '        await this.#file.datasync()\n', to: '' }],
  },
]

const root = resolve(import.meta.dirname, '../..')
const leftOut = new Set(['node_modules', '.git', 'var', 'dist'])
const most = { sales: 1_000, faults: 80 }

const copyOfTree = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'wattpoint-mutation-'))
  cpSync(root, folder, { recursive: true, filter: (path) => !leftOut.has(basename(path)) })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

const mutate = (folder: string, { file, from, to }: Edit): void => {
  const path = join(folder, file)
  const text = readFileSync(path, 'utf8')
  if (!text.includes(from)) throw new Error(`${file} has no longer: ${from}`)
  writeFileSync(
    path,
    text.replace(from, () => to),
  )
}

/** What the day says of a tree: how many sales it took, and the first sentence. */
const dayIn = (folder: string): { sales: string; found: string | null } => {
  const options = ['--seed', '1', '--sales', String(most.sales), '--faults', String(most.faults)]
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(folder, 'test/day/main.ts'), ...options, '--workers', '1'],
    { encoding: 'utf8', cwd: folder },
  )
  const found = /^seed \d+, sale (\d+): (.*)$/m.exec(stdout)
  if (found === null && !/^discrepancies +0$/m.test(stdout)) throw new Error(stderr)
  const worlds = /^sales +([\d,]+) in/m.exec(stdout)?.[1] ?? '?'
  return { sales: worlds, found: found?.[2] ?? null }
}

const wanted = process.argv[2]
let survived = 0
for (const { of, is, edits, harmless } of mutations) {
  if (wanted !== undefined && !is.includes(wanted)) continue
  const folder = copyOfTree()
  try {
    for (const edit of edits) mutate(folder, edit)
    const { sales, found } = dayIn(folder)
    if (found === null && harmless === undefined) survived++
    const verdict =
      found === null ? `SURVIVED ${sales} sales` : `caught after ${sales} sales: ${found}`
    console.log(`${of}: ${is}
  ${verdict}`)
    if (found === null && harmless !== undefined) console.log(`  ${harmless}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
console.log(survived === 0 ? 'every mutation that can do harm was caught' : `${survived} survived`)
process.exitCode = survived === 0 ? 0 : 1
