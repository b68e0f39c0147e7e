// A file made of what the centre tells piece by piece, and saved on this device.
import { useState } from 'preact/hooks'
import type { FilePiece } from '../../../domain/console/customers.ts'
import { addressOfFile, reach } from '../asking.ts'
import { Problem } from '../parts/problem.tsx'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'

/** UTF-8 with its mark, so that a spreadsheet reads the names as they are. */
export const saveText = (name: string, text: string): void => {
  const link = document.createElement('a')
  const address = URL.createObjectURL(
    new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }),
  )
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}

type State =
  | { kind: 'idle' }
  | { kind: 'making'; rows: number }
  | { kind: 'refused'; problem: string }

/** Says how many rows have come while it is made. */
export const SaveAll = ({ what, label }: { what: 'customers' | 'bindings'; label: string }) => {
  const [state, setState] = useState<State>({ kind: 'idle' })
  const save = async (): Promise<void> => {
    const made = await allPieces(what, (rows) => setState({ kind: 'making', rows }))
    if (made.kind === 'refused') {
      setState(made)
      return
    }
    saveText(`${what}.csv`, made.text)
    setState({ kind: 'idle' })
  }
  return (
    <>
      <button
        type="button"
        class="button"
        aria-busy={state.kind === 'making'}
        aria-disabled={state.kind === 'making'}
        onClick={() => {
          if (state.kind === 'making') return
          setState({ kind: 'making', rows: 0 })
          void save()
        }}
      >
        {state.kind === 'making'
          ? words().customers.file.making(format().count(state.rows))
          : label}
      </button>
      {state.kind === 'refused' && <Problem text={state.problem} />}
    </>
  )
}

const allPieces = async (
  what: 'customers' | 'bindings',
  onRows: (rows: number) => void,
): Promise<{ kind: 'made'; text: string } | { kind: 'refused'; problem: string }> => {
  const texts: string[] = []
  let rows = 0
  let after: string | undefined
  for (;;) {
    const reply = await reach<FilePiece>(addressOfFile('customers/file', { what, after }))
    if (reply.kind !== 'told') {
      const problem = reply.kind === 'refused' ? reply.problem : words().parts.unreached
      return { kind: 'refused', problem }
    }
    texts.push(reply.told.text)
    rows += reply.told.rows
    onRows(rows)
    if (reply.told.next === null) return { kind: 'made', text: texts.join('') }
    after = reply.told.next
  }
}
