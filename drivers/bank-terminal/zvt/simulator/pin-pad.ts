// The PIN extension in a simulated bank terminal: the PIN is encrypted here, and never leaves as it was typed.
import { apdu } from '../apdu.ts'
import { packed } from '../bytes.ts'
import { field, readFields, tag } from '../fields.ts'
import { aesBlockOf, transactionKey } from '../pin-block.ts'
import { pinTag } from '../pin-request.ts'
import { control } from '../requests.ts'
import { intermediate, result } from '../result-codes.ts'
import { tagged, valueOf } from '../tlv.ts'
import { ask, fail, no, ok, reply, tellStep } from './saying.ts'
import { awaitAct, type Act, type Unit } from './unit.ts'

/** `0F 50`: pin-request.ts. */
export const askForPin = async (unit: Unit, data: Uint8Array): Promise<void> => {
  const reference = valueOf(readFields(data).tagged, pinTag.reference)
  if (!unit.truth.asksPin || reference?.length !== 16) return reply(unit, no(result.notPossible))
  await reply(unit, ok)
  await tellStep(unit, intermediate.watchPinPad)
  const act = await awaitPin(unit)
  if (act === 'nothing' || act.kind !== 'pin') {
    return fail(unit, result.abortedOrTimedOut, { informed: false })
  }
  const keySerial = nextSerial(unit)
  const key = transactionKey(unit.pinBaseKey, keySerial)
  const block = aesBlockOf({ pin: act.pin, reference, key, filling: unit.chance(8) })
  await ask(
    unit,
    apdu(
      control.statusInformation,
      field(tag.result, [result.ok]),
      field(tag.container, [
        ...tagged(pinTag.block, block),
        ...tagged(pinTag.keySerial, keySerial),
      ]),
    ),
  )
  return void (await ask(unit, apdu(control.completed)))
}

const awaitPin = async (unit: Unit): Promise<Act | 'nothing'> => {
  const act = await awaitAct(unit, unit.delays.card)
  return act !== 'nothing' && (act.kind === 'card' || act.kind === 'card out')
    ? awaitPin(unit)
    : act
}

/** Terminal and count: no key is used twice, also after a power cut. */
const nextSerial = (unit: Unit): Uint8Array => {
  unit.truth.pinBlocks += 1
  unit.changed()
  const count = new Uint8Array(4)
  new DataView(count.buffer).setUint32(0, unit.truth.pinBlocks)
  // Ten bytes, as the serial number of a DUKPT key has: the key set, the device, the count.
  return Uint8Array.of(0xff, 0xff, ...packed(Number(unit.truth.terminalId), 4), ...count)
}
