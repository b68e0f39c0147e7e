// What the compiler misses in a machine: a misspelt delay fires at once, a misspelt `initial` shows only at run time.
import type { AnyStateMachine, AnyStateNode } from 'xstate'

/** One sentence for each flaw; a sound machine has none. */
export const flaws = (machine: AnyStateMachine): string[] => {
  const delays = new Set(Object.keys(machine.implementations.delays))
  return nodesOf(machine.root).flatMap((node) => [
    ...Object.keys(node.config.after ?? {})
      .filter((delay) => !delays.has(delay))
      .map((delay) => `${node.id} waits for "${delay}", which is no named delay`),
    ...(typeof node.config.initial === 'string' && !(node.config.initial in node.states)
      ? [`${node.id} begins in "${node.config.initial}", which is none of its states`]
      : []),
  ])
}

/** Every state of a machine, from the root down. */
export const nodesOf = (node: AnyStateNode): AnyStateNode[] => [
  node,
  ...Object.values(node.states).flatMap(nodesOf),
]

export const leavesOf = (node: AnyStateNode): AnyStateNode[] =>
  nodesOf(node).filter((each) => Object.keys(each.states).length === 0)

/** The events a state answers to, its own and those of the states around it. */
export const answersTo = (node: AnyStateNode): Set<string> => {
  const events = new Set<string>()
  for (let at: AnyStateNode | undefined = node; at; at = at.parent) {
    for (const descriptor of at.transitions.keys()) events.add(descriptor)
  }
  return events
}
