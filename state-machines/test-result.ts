// What the test of a device says when it is over.
import type {
  ServiceDevice,
  ServiceMark,
  ServiceRow,
  ServiceSentence,
  ServiceWord,
  TestWord,
} from '../ui/kiosk/service/service-page.ts'

export type TestResult = {
  device: ServiceDevice
  passed: boolean
  /** In one word, for the journal and the page. */
  why: TestWord
  /** What was found, in the order it is shown. */
  rows: ServiceRow[]
}

export const resultOf = (
  device: ServiceDevice,
  why: TestWord,
  rows: readonly ServiceRow[],
): TestResult => ({ device, passed: why === 'passed', why, rows: [...rows] })

export const wordRow = (
  label: ServiceRow['label'],
  word: ServiceWord,
  mark: ServiceMark = 'well',
): ServiceRow => ({ label, value: { kind: 'word', word }, mark })

export const textRow = (label: ServiceRow['label'], text: string): ServiceRow => ({
  label,
  value: { kind: 'text', text },
  mark: 'quiet',
})

/** What is said of it when it is over; null where whoever was there has stopped it and knows. */
export const testSaid = ({
  passed,
  why,
}: TestResult): { sentence: ServiceSentence; mark: ServiceMark } | null => {
  if (passed) return { sentence: 'test passed', mark: 'well' }
  if (why === 'stopped') return null
  if (why === 'nobody came') return { sentence: 'nobody came', mark: 'attention' }
  return { sentence: 'test failed', mark: 'wrong' }
}
