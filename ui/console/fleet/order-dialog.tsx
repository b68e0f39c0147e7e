// Orders a command: what it does, what it means for customers, and no way past knowing that.
import { useState } from 'preact/hooks'
import type { Operation, OperationName } from '../../../domain/fleet/operations.ts'
import { DeedDialog, type ReadField } from '../parts/dialog.tsx'
import { Check, Choice, Field } from '../parts/fields.tsx'
import { Note } from '../parts/problem.tsx'
import { words } from '../texts/words.ts'
import { deviceName } from './naming.ts'

type Offered = Exclude<OperationName, 'applyConfig'>

/** In the order of what is asked for most. */
const offered: readonly Offered[] = [
  'report',
  'selfTest',
  'sendLogs',
  'flightRecord',
  'restartScreen',
  'restartRuntime',
  'reboot',
  'finishOnly',
  'outOfService',
  'inService',
  'setInterval',
  'resend',
]
const testedDevices = [
  'cardReader',
  'noteAcceptor',
  'bankTerminal',
  'receiptPrinter',
  'screen',
] as const
const reasons = ['maintenance', 'cash box', 'by the office', 'fault', 'closed for the day'] as const
const hourMs = 3_600_000
const isOffered = (op: string): op is Offered => offered.some((each) => each === op)

export const OrderDialog = ({ kiosk, onClose }: { kiosk: string; onClose: () => void }) => {
  const { commands } = words().fleet
  const [op, setOp] = useState<Offered>('report')
  const { does, danger } = commands.operations[op]
  const asked = (read: ReadField) => {
    if (danger !== '' && read('understood') !== 'yes') return commands.confirmFirst
    return {
      kiosk,
      operation: operationOf(op, read),
      lifeMinutes: Number(read('life')),
      onIdle: read('onIdle') === 'yes',
    }
  }
  return (
    <DeedDialog
      deed="fleet/commands/order"
      title={commands.orderTitle}
      submit={`${commands.submit}: ${commands.operations[op].name}`}
      danger={danger !== ''}
      asked={asked}
      onClose={onClose}
    >
      <Choice
        name="op"
        label={commands.operation}
        value={op}
        options={offered.map((value) => ({ value, label: commands.operations[value].name }))}
        onChoose={(value) => {
          if (isOffered(value)) setOp(value)
        }}
      />
      <p>{does}</p>
      <Arguments op={op} />
      <Choice
        name="life"
        label={commands.life}
        value="30"
        options={(['30', '240', '1440'] as const).map((value) => ({
          value,
          label: commands.lives[value],
        }))}
      />
      <Check name="onIdle" label={commands.onIdle} checked={op === 'restartRuntime'} key={op} />
      {danger !== '' && (
        <Note>
          <div class="dangers">
            <b>{commands.dangers}</b>
            <p>{danger}</p>
            <Check name="understood" label={commands.understood} />
          </div>
        </Note>
      )}
    </DeedDialog>
  )
}

const Arguments = ({ op }: { op: Offered }) => {
  const { commands } = words().fleet
  switch (op) {
    case 'setInterval':
      return (
        <Field
          name="seconds"
          type="number"
          label={commands.seconds}
          value={60}
          min={15}
          max={300}
          required
          ltr
        />
      )
    case 'outOfService':
      return (
        <Choice
          name="reason"
          label={commands.reason}
          value="by the office"
          options={reasons.map((value) => ({ value, label: commands.reasons[value] }))}
        />
      )
    case 'selfTest':
      return (
        <Choice
          name="device"
          label={commands.device}
          value="noteAcceptor"
          options={testedDevices.map((value) => ({ value, label: deviceName(value) }))}
        />
      )
    case 'sendLogs':
      return (
        <Field
          name="hours"
          type="number"
          label={commands.hours}
          value={1}
          min={1}
          max={24}
          required
          ltr
        />
      )
    case 'resend':
      return (
        <>
          <Choice
            name="topic"
            label={commands.topic}
            value="ev"
            options={(['ev', 'res'] as const).map((value) => ({
              value,
              label: commands.topics[value],
            }))}
          />
          <Field
            name="number"
            type="number"
            label={commands.number}
            value={1}
            min={1}
            required
            ltr
          />
        </>
      )
    default:
      return null
  }
}

const nothing: Record<string, never> = {}

const operationOf = (op: Offered, read: ReadField): Operation => {
  switch (op) {
    case 'setInterval':
      return { op, args: { seconds: Number(read('seconds')) } }
    case 'outOfService':
      return {
        op,
        args: { reason: reasons.find((each) => each === read('reason')) ?? 'by the office' },
      }
    case 'selfTest':
      return {
        op,
        args: { device: testedDevices.find((each) => each === read('device')) ?? 'screen' },
      }
    case 'sendLogs': {
      const until = Date.now()
      return { op, args: { from: until - Number(read('hours')) * hourMs, until } }
    }
    case 'resend':
      return {
        op,
        args: { topic: read('topic') === 'res' ? 'res' : 'ev', from: Number(read('number')) },
      }
    case 'flightRecord':
      return { op, args: {} }
    default:
      return { op, args: nothing }
  }
}
