// Every short path through a machine: each way each of its acts may end, each of its timers, and what comes from outside.
import type {
  AnyMachineSnapshot,
  AnyStateMachine,
  EventFromLogic,
  InputFrom,
  SnapshotFrom,
} from 'xstate'
import { getShortestPaths } from 'xstate/graph'

/** How an act may end: a value for a promise or a child machine, an `Error` for one that fails. */
export type Endings = Record<string, readonly unknown[]>

export type Path<Machine extends AnyStateMachine> = {
  state: SnapshotFrom<Machine>
  steps: { state: SnapshotFrom<Machine>; event: EventFromLogic<Machine> }[]
}

export const pathsOf = <Machine extends AnyStateMachine>(
  machine: Machine,
  of: {
    input?: InputFrom<Machine>
    /** For each act that is invoked, by the name of its actor. */
    endings: Endings
    /** What people, devices and other machines may say in this state. */
    events: (snapshot: SnapshotFrom<Machine>) => readonly EventFromLogic<Machine>[]
    /** What makes two states the same: everything that decides what may follow. */
    key: (snapshot: SnapshotFrom<Machine>) => unknown
    stopWhen?: (snapshot: SnapshotFrom<Machine>) => boolean
  },
): Path<Machine>[] => {
  const { input, endings, events, key, stopWhen } = of
  return getShortestPaths(belowAParent(machine), {
    ...(input !== undefined && { input }),
    events: (snapshot: SnapshotFrom<Machine>) =>
      (snapshot as AnyMachineSnapshot).status === 'active'
        ? [...events(snapshot), ...ownEvents(snapshot, endings)]
        : [],
    serializeState: (snapshot: SnapshotFrom<Machine>) =>
      JSON.stringify([(snapshot as AnyMachineSnapshot).value, key(snapshot)]),
    limit: 200_000,
    ...(stopWhen && { stopWhen }),
  } as unknown as Parameters<typeof getShortestPaths<Machine>>[1]) as unknown as Path<Machine>[]
}

/** Walked over alone, a machine has no parent to tell things to; here it has one that hears and does nothing. */
const belowAParent = <Machine extends AnyStateMachine>(machine: Machine): Machine => {
  type Scope = Parameters<Machine['transition']>[2]
  const withParent = (scope: Scope): Scope => {
    Object.assign(scope.self, { _parent: scope.self })
    return scope
  }
  return Object.assign(Object.create(machine) as Machine, {
    transition: (...[snapshot, event, scope]: Parameters<Machine['transition']>) =>
      machine.transition(snapshot, event, withParent(scope)),
  })
}

/** The ends of what is invoked in the states that are active, and their timers. */
const ownEvents = <Machine extends AnyStateMachine>(
  snapshot: SnapshotFrom<Machine>,
  endings: Endings,
): EventFromLogic<Machine>[] => {
  const nodes = (snapshot as AnyMachineSnapshot)._nodes
  const ends = nodes.flatMap((node) =>
    node.invoke.flatMap(({ id, src }) =>
      (typeof src === 'string' ? (endings[src] ?? []) : []).map((output) =>
        output instanceof Error
          ? { type: `xstate.error.actor.${id}`, error: output }
          : { type: `xstate.done.actor.${id}`, output },
      ),
    ),
  )
  const timers = nodes.flatMap((node) =>
    Object.keys(node.config.after ?? {}).map((delay) => ({
      type: `xstate.after.${delay}.${node.id}`,
    })),
  )
  return [...ends, ...timers] as unknown as EventFromLogic<Machine>[]
}

/** The events of a path, for the message of a test. */
export const storyOf = ({ steps }: { steps: readonly { event: { type: string } }[] }): string =>
  steps.map(({ event }) => event.type).join(', ')

/** How often something ended in a way on a path: `done` or `error` of an act that is invoked in a state of this name. */
export const endsOf = (
  { steps }: { steps: readonly { event: { type: string } }[] },
  how: 'done' | 'error',
  state: string,
): number =>
  steps.filter(
    ({ event }) =>
      event.type.startsWith(`xstate.${how}.actor.`) && event.type.endsWith(`.${state}`),
  ).length
