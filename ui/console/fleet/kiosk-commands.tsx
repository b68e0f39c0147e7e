// What a kiosk was told to do and what it answered, live; and something more may be ordered.
import { useState } from 'preact/hooks'
import type { CommandTold } from '../../../domain/console/fleet-commands.ts'
import { useAnswer } from '../asking.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Section } from '../parts/page.tsx'
import { Answered, Note } from '../parts/problem.tsx'
import { Status } from '../parts/status.tsx'
import { More, Table, type Column } from '../parts/table.tsx'
import { When } from '../parts/values.tsx'
import { where } from '../router.ts'
import { may } from '../signed-in.ts'
import { sentenceOf } from '../refusals/wording.ts'
import { words } from '../texts/words.ts'
import { answerMark, answerName, operationName } from './naming.ts'
import { OrderDialog } from './order-dialog.tsx'

/** While an answer is waited for. */
const everyMs = 2_000

export const KioskCommands = ({ kiosk }: { kiosk: string }) => {
  const { commands } = words().fleet
  const [ordering, setOrdering] = useState(false)
  const [read, setRead] = useState<CommandTold | null>(null)
  const after = where.value.query.get('after') ?? undefined
  const answer = useAnswer('fleet/commands', { kiosk, after }, { everyMs })
  const signing = answer.kind === 'told' ? answer.told.signing : null
  return (
    <Section
      title={commands.title}
      about={signing?.key == null ? undefined : commands.signedBy(signing.key)}
      actions={
        may('command kiosks') &&
        signing?.key != null && (
          <button type="button" class="button main" onClick={() => setOrdering(true)}>
            {commands.order}
          </button>
        )
      }
    >
      {signing !== null && signing.key === null && (
        <Note>
          {commands.noKey}: {sentenceOf(signing.why)}
        </Note>
      )}
      <Answered answer={answer} lines={8}>
        {({ rows, next }) => (
          <>
            <Table
              label={commands.title}
              columns={columnsOf(setRead)}
              rows={rows}
              rowKey={({ command }) => command}
              empty={commands.none}
            />
            <More next={next} />
          </>
        )}
      </Answered>
      {ordering && <OrderDialog kiosk={kiosk} onClose={() => setOrdering(false)} />}
      {read !== null && <TextDialog command={read} onClose={() => setRead(null)} />}
    </Section>
  )
}

const TextDialog = ({ command, onClose }: { command: CommandTold; onClose: () => void }) => {
  const { commands } = words().fleet
  const answer = useAnswer('fleet/command', { command: command.command }, { everyMs })
  return (
    <Dialog title={`${operationName(command.op)}: ${commands.text}`} onClose={onClose}>
      <div class="dialog-body">
        <Answered answer={answer}>
          {({ text }) =>
            text === null ? (
              <p>{commands.noText}</p>
            ) : (
              <pre class="sent-text" dir="ltr" tabIndex={0}>
                {text}
              </pre>
            )
          }
        </Answered>
      </div>
    </Dialog>
  )
}

const sendsText = new Set(['sendLogs', 'flightRecord', 'selfTest'])

const columnsOf = (onRead: (command: CommandTold) => void): Column<CommandTold>[] => {
  const { commands } = words().fleet
  return [
    { key: 'op', label: commands.what, cell: ({ op }) => operationName(op) },
    {
      key: 'answer',
      label: commands.answer,
      cell: (row) => (
        <>
          <Status mark={answerMark(row.st)} word={answerName(row.st, row.code)} />
          {sendsText.has(row.op) && row.endedAt !== null && may('command kiosks') && (
            <button type="button" class="link" onClick={() => onRead(row)}>
              {commands.text}
            </button>
          )}
        </>
      ),
    },
    { key: 'at', label: commands.at, cell: ({ at }) => <When at={at} as="second" /> },
    { key: 'by', label: commands.by, cell: ({ by }) => <bdi>{by}</bdi> },
    {
      key: 'until',
      label: commands.until,
      wideOnly: true,
      cell: ({ until }) => <When at={until} />,
    },
  ]
}
