// A whole list as a file, part by part, so that the longest one has an end in sight; for whoever may take figures away.
import { useState } from 'preact/hooks'
import type { Questions } from '../../../domain/console/contract.ts'
import { addressOfFile, reach } from '../asking.ts'
import { may } from '../signed-in.ts'
import { format } from '../texts/format.ts'
import { words } from '../texts/words.ts'

/** Questions that are answered with a part of a file, and with where the next one begins. */
type Exported = {
  [Name in keyof Questions]: Questions[Name]['told'] extends FilePart ? Name : never
}[keyof Questions]
type FilePart = { name: string; text: string; next: string | null }

export const FileButton = <Name extends Exported>({
  question,
  asked,
}: {
  question: Name
  asked: Questions[Name]['asked']
}) => {
  const [parts, setParts] = useState<number | null>(null)
  const [failed, setFailed] = useState(false)
  const texts = words().parts.export
  if (!may('export')) return null
  const make = async (): Promise<void> => {
    setFailed(false)
    const made = await collected(question, asked, setParts)
    setParts(null)
    setFailed(made === null)
    if (made !== null) save(made)
  }
  return (
    <>
      <button
        type="button"
        class="button"
        aria-disabled={parts !== null}
        onClick={() => {
          if (parts === null) void make()
        }}
      >
        {parts === null ? texts.button : `${texts.making} ${format().count(parts)}`}
      </button>
      {failed && <p role="alert">{texts.failed}</p>}
    </>
  )
}

type Made = { name: string; texts: string[] }

const collected = async (
  question: string,
  asked: object,
  told: (parts: number) => void,
): Promise<Made | null> => {
  const made: Made = { name: '', texts: [] }
  let after: string | null = ''
  while (after !== null) {
    told(made.texts.length + 1)
    const address = addressOfFile(question, after === '' ? { ...asked } : { ...asked, after })
    const reply = await reach<FilePart>(address)
    if (reply.kind !== 'told') return null
    made.name = reply.told.name
    made.texts.push(reply.told.text)
    after = reply.told.next
  }
  return made
}

/** Table programs know by the mark at the beginning that it is UTF-8. */
const save = ({ name, texts }: Made): void => {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob(['\ufeff', ...texts], { type: 'text/csv' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
