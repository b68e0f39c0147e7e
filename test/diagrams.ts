// Draws every machine as a Mermaid state diagram beside its code: `npm run diagrams`. A test keeps them fresh.
import { writeFileSync } from 'node:fs'
import type { AnyStateMachine, AnyStateNode } from 'xstate'
import { chargingBankCard } from '../state-machines/charging-bank-card.ts'
import { endingDay } from '../state-machines/ending-day.ts'
import { exchangingCashBox } from '../state-machines/exchanging-cash-box.ts'
import { findingPayments } from '../state-machines/finding-payments.ts'
import { kiosk } from '../state-machines/kiosk.ts'
import { printingSlips } from '../state-machines/printing-slips.ts'
import { sale } from '../state-machines/sale.ts'
import { servicing } from '../state-machines/servicing.ts'
import { settingUp } from '../state-machines/setting-up.ts'
import { strayNotes } from '../state-machines/stray-notes.ts'
import { takingBack } from '../state-machines/taking-back.ts'
import { takingCash } from '../state-machines/taking-cash.ts'
import { testingNoteAcceptor } from '../state-machines/testing-note-acceptor.ts'
import { writingCard } from '../state-machines/writing-card.ts'

const machines: Record<string, AnyStateMachine> = {
  'charging-bank-card': chargingBankCard,
  'ending-day': endingDay,
  'exchanging-cash-box': exchangingCashBox,
  servicing,
  'finding-payments': findingPayments,
  kiosk,
  'printing-slips': printingSlips,
  sale,
  'setting-up': settingUp,
  'stray-notes': strayNotes,
  'taking-back': takingBack,
  'taking-cash': takingCash,
  'testing-note-acceptor': testingNoteAcceptor,
  'writing-card': writingCard,
}

/** The path and the content of every diagram. */
export const diagrams = (): { file: string; content: string }[] =>
  Object.entries(machines).map(([name, machine]) => ({
    file: `state-machines/${name}.md`,
    content: [
      `# ${name}`,
      '',
      `Drawn from \`${name}.ts\` by \`npm run diagrams\`; a test keeps it fresh. A state with a bold edge has money at risk.`,
      '',
      '```mermaid',
      'stateDiagram-v2',
      ...statesOf(machine.root, 1),
      ...edgesOf(machine.root),
      '  classDef atRisk stroke-width:3px',
      ...leaves(machine.root)
        .filter((node) => node.tags.includes('money at risk'))
        .map((node) => `  class ${nameOf(node)} atRisk`),
      '```',
      '',
    ].join('\n'),
  }))

const nameOf = (node: AnyStateNode) => node.path.join('_') || node.key

const leaves = (node: AnyStateNode): AnyStateNode[] => {
  const states = Object.values(node.states)
  return states.length === 0 ? [node] : states.flatMap(leaves)
}

const statesOf = (node: AnyStateNode, depth: number): string[] => {
  const indent = '  '.repeat(depth)
  return Object.values(node.states).flatMap((state) => {
    const inside = statesOf(state, depth + 1)
    const first = state.config.initial
    const start = typeof first === 'string' ? [`${indent}  [*] --> ${nameOf(state)}_${first}`] : []
    const label = `${indent}state "${state.key}" as ${nameOf(state)}`
    return inside.length === 0 ? [label] : [`${label} {`, ...start, ...inside, `${indent}}`]
  })
}

/** Events that lead the same way share one arrow; what does not leave the state is left out. */
const edgesOf = (node: AnyStateNode): string[] => {
  const edges = new Map<string, string[]>()
  const draw = (from: AnyStateNode, to: AnyStateNode, why: string) => {
    const edge = `  ${nameOf(from)} --> ${nameOf(to)}`
    edges.set(edge, [...(edges.get(edge) ?? []), why])
  }
  const visit = (state: AnyStateNode): void => {
    for (const [event, transitions] of state.transitions) {
      for (const { target } of transitions) {
        for (const to of target ?? []) if (to !== state) draw(state, to, readable(event))
      }
    }
    for (const { target } of state.always ?? []) for (const to of target ?? []) draw(state, to, '')
    Object.values(state.states).forEach(visit)
  }
  visit(node)
  return [...edges].map(([edge, why]) => {
    const label = [...new Set(why.filter((each) => each !== ''))].join(', ')
    return label === '' ? edge : `${edge}: ${label}`
  })
}

const readable = (event: string): string => {
  const [, , what] = event.split('.')
  if (event.startsWith('xstate.after')) return `after ${what}`
  if (event.startsWith('xstate.done')) return 'done'
  if (event.startsWith('xstate.error')) return 'failed'
  return event
}

if (import.meta.main) for (const { file, content } of diagrams()) writeFileSync(file, content)
