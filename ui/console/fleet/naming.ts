// What a device, a fault and a state are called in the language that is spoken now; what has no word is told as it is.
import type { KioskState } from '../../../domain/console/fleet-words.ts'
import type { Mark } from '../parts/status.tsx'
import { words } from '../texts/words.ts'

/** A word by a name that comes from outside: only what the book itself has. */
export const wordIn = (book: object, name: string): string => {
  const found: unknown = Object.hasOwn(book, name) ? Reflect.get(book, name) : undefined
  return typeof found === 'string' ? found : name
}

export const deviceName = (device: string): string => {
  const { devices, otherDevices } = words().fleet
  return wordIn({ ...otherDevices, ...devices }, device)
}

type FaultWords = { name: string; todo: string }
const faultOf = (device: string, code: string): FaultWords | null => {
  const faults: Record<string, Record<string, FaultWords>> = words().fleet.faults
  return faults[device]?.[code] ?? null
}

export const alarmName = (device: string, code: string): string =>
  faultOf(device, code)?.name ?? wordIn(words().fleet.alarmNames, code)

/** What somebody on site does about it; null where that is not known. */
export const whatToDo = (device: string, code: string): string | null =>
  faultOf(device, code)?.todo ?? null

export const stateMarks: Record<KioskState, Mark> = {
  inService: 'well',
  degraded: 'attention',
  outOfService: 'wrong',
  maintenance: 'attention',
  starting: 'quiet',
  silent: 'wrong',
  never: 'quiet',
}

export const severityMark = (severity: number): Mark =>
  severity >= 3 ? 'wrong' : severity === 2 ? 'attention' : 'quiet'

/** Of a command: how its answer looks. */
export const answerMark = (st: string): Mark => {
  if (st === 'done') return 'well'
  return ['ordered', 'accepted', 'waiting', 'running'].includes(st) ? 'attention' : 'wrong'
}

export const answerName = (st: string, code: string | null): string => {
  const name = wordIn(words().fleet.commands.answers, st)
  return code === null ? name : `${name}: ${code}`
}

export const operationName = (op: string): string => {
  const operations: Record<string, { name: string }> = words().fleet.commands.operations
  return operations[op]?.name ?? op
}

export const screenName = (screen: string): string => wordIn(words().fleet.screens, screen)

export const activityName = (activity: string): string => {
  const { activities, inSale } = words().fleet
  return Object.hasOwn(activities, activity) ? wordIn(activities, activity) : inSale
}

export const severityName = (severity: number): string =>
  wordIn(words().fleet.severities, String(severity))
