// Message sequence ids (devices.md 10.3): a number in every message, the same in its answer, so that duplicates show.
import { apdu, type Apdu } from './apdu.ts'
import { field, tag } from './fields.ts'
import { registrationTag } from './requests.ts'
import { tagged } from './tlv.ts'

const head = [...tagged(registrationTag.sequence, [0, 0, 0])].slice(0, 3)

/** The same message with this id, in a field 06 at its end. */
export const withSequence = (message: Apdu, id: number): Apdu => {
  const value = tagged(registrationTag.sequence, [id >> 16, (id >> 8) & 0xff, id & 0xff])
  return apdu(message.control, message.data, field(tag.container, value))
}

/** The id of a message; null when it has none. It stands at the end, in front of nothing else. */
export const sequenceOf = ({ data }: Apdu): number | null => {
  const at = data.length - 6
  if (at < 0 || head.some((byte, place) => data[at + place] !== byte)) return null
  const [high = 0, middle = 0, low = 0] = data.subarray(at + 3)
  return high * 65_536 + middle * 256 + low
}
