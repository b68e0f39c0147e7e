// Which file of tests begins when: the longest first, or the last to begin would keep everybody waiting at the end.
import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * All that take more than half a minute of a full run, the longest first. Those on wires wait more than they work: they begin,
 * and are calmest among themselves. Those that work have a clock of their own, and fill the processor to the end.
 */
const longOnes = [
  'test/end-to-end/note-faults.test.ts',
  'test/end-to-end/patience.test.ts',
  'test/end-to-end/unclear-payments.test.ts',
  'test/end-to-end/pulling-cards.test.ts',
  'test/pages.test.ts',
  'test/end-to-end/power.test.ts',
  'test/end-to-end/paper-and-centre.test.ts',
  'test/kills/kills.test.ts',
  'test/end-to-end/bank-edition.test.ts',
  'test/end-to-end/buying.test.ts',
  'test/power-cuts/power-cuts.test.ts',
  'test/end-to-end/bank-cards.test.ts',
  'test/end-to-end/refusing.test.ts',
  'kiosk/bench/page.test.ts',
  'kiosk/bench/bench.test.ts',
  'front/kills.test.ts',
  'test/scenarios/stopped-at-each-entry.test.ts',
  'test/scenarios/stopped-while-paying-by-card.test.ts',
  'test/faults/faults.test.ts',
  'test/torn/torn.test.ts',
  'test/scenarios/bad-input-presses.test.ts',
  'test/scenarios/card-pulled.test.ts',
  'test/scenarios/disk.test.ts',
  'test/scenarios/note-faults.test.ts',
]

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const gone = longOnes.filter((file) => !existsSync(file))
    if (gone.length > 0) throw new Error(`test/longest-first.ts: there is no ${gone.join(', ')}`)
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => placeOf(a) - placeOf(b))
  }
}

const placeOf = ({ moduleId, project }: TestSpecification): number => {
  const at = longOnes.indexOf(relative(project.config.root, moduleId))
  return at === -1 ? longOnes.length : at
}
