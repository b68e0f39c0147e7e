// What the machines are told and where it moves them, from XState's own inspection.
import type { ActorRefLike, InspectionEvent } from 'xstate'
import { redactedEvent } from './redacting.ts'
import type { Happening } from './trace.ts'

/** The root machine, whatever XState calls it. */
export const root = 'kiosk'

/** For `createActor(machine, { inspect })`. Nothing it does can fail or change what is inspected. */
export const inspector = (tell: (happening: Happening) => void) => {
  /** The state each machine was last told in, by its session. */
  const states = new Map<string, string>()
  return (inspected: InspectionEvent): void => {
    const { actorRef, rootId } = inspected
    const to = nameOf(actorRef, rootId)
    switch (inspected.type) {
      case '@xstate.event': {
        const { sourceRef, event } = inspected
        // A promise hears nothing but its own beginning and end, and its parent is told of the end; and that a child has
        // moved is told by the child.
        if (promised.test(to) || event.type.startsWith('xstate.snapshot.')) return
        const from = sourceRef === undefined ? null : nameOf(sourceRef, rootId)
        tell({ kind: 'event', from, to, event: redactedEvent(event, to) })
        break
      }
      case '@xstate.snapshot': {
        const state = stateOf(inspected.snapshot)
        if (state === null || states.get(actorRef.sessionId) === state) return
        states.set(actorRef.sessionId, state)
        if (isOver(inspected.snapshot)) states.delete(actorRef.sessionId)
        tell({ kind: 'moved', machine: to, state })
        break
      }
      default:
    }
  }
}

const nameOf = (actor: ActorRefLike, rootId: string): string => {
  if (actor.sessionId === rootId) return root
  return 'id' in actor && typeof actor.id === 'string' ? actor.id : actor.sessionId
}

/** Actors that are invoked without a name are named for their state by XState: `0.kiosk.service`. */
const promised = /^\d+\./

/** `serving.payingCash`; null for what has no states. */
const stateOf = (snapshot: object): string | null => {
  if (!('value' in snapshot)) return null
  const { value } = snapshot
  return typeof value === 'string' ? value : JSON.stringify(value).replaceAll('"', '')
}

const isOver = (snapshot: object): boolean => 'status' in snapshot && snapshot.status !== 'active'
