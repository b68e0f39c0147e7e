// Every bound at which something becomes an alarm or is told again, in one place (fleet.md 7 and 10).
import { heartbeatSeconds } from '../../domain/fleet/host-messages.ts'

const minuteMs = 60_000

/** Three heartbeats that did not come, of a kiosk that tells one every so many seconds. */
export const silentMs = (every: number = heartbeatSeconds.usual): number => 3 * every * 1000
/** After a will or a leave: a kiosk that comes back by itself alarms nobody. */
export const graceMs = 2 * minuteMs
/** A number may be late, but not longer than this. */
export const gapMs = 5 * minuteMs
/** Serials that change back within this time are those of two machines (B8). */
export const backAndForthMs = 24 * 60 * minuteMs

/** Seconds without a sign of life of a page or a device; so many heartbeats in a row it hangs. */
export const wedgedSeconds = 90
export const wedgedInARow = 2
/** Seconds in one step of a sale. */
export const stuckSeconds = 7 * 60

/** So many connections more within this time are a loop; it is over after so long without another. */
export const loopConnections = 3
export const loopWithinMs = 15 * minuteMs
export const loopOverMs = 60 * minuteMs

/** How far the clock of a kiosk may be from ours, and from where on it is graver. */
export const clockOffMs = minuteMs
export const clockFarOffMs = 5 * minuteMs
/** Seconds for which no time server may have held the clock of a kiosk. */
export const clockFreeSeconds = 24 * 60 * 60
/** A kiosk asks for its next certificate every hour once it is due; one that has none after so long cannot get it. */
export const certificateLateMs = 24 * 60 * minuteMs

/** Seconds a record may wait in the outbox, and how long a line must stand before that counts. */
export const queueOldSeconds = 30 * 60
export const queueLineMs = 5 * minuteMs
/** How long a line of the journal may be at the kiosk only. */
export const journalLateMs = 30 * minuteMs

/** Percent of the cash box. */
export const boxNearlyPercent = 85
export const boxFullPercent = 100
/** Bytes that must be free on the disk of the records. */
export const diskLeastBytes = 500_000_000

/** From this severity on an alarm is told at once, below it with others of its time. */
export const atOnce = 3
/** What comes back within this time is the same alarm, and what is over is said to be so only after it. */
export const flapMs = 5 * minuteMs
/** What stands and nobody has acknowledged is told again. */
export const repeatMs = 60 * minuteMs
/** A visit longer than this was forgotten to be ended: it mutes nothing any more. */
export const visitLongestMs = 4 * 60 * minuteMs
/** The broker of the fleet may be away for so long before somebody is told. */
export const unheardMs = 2 * minuteMs
