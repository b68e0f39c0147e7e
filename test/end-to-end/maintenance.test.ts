// A technician at the real kiosk, by keypad alone: from the alarm to paper in the printer to a kiosk that serves again.
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { until, type AtTheBench } from './at-the-bench.ts'
import { journalOf } from './evidence-of-bench.ts'
import { onRealWires } from './on-real-wires.ts'

/** What stands at the centre about the printer's paper. */
const paperAlarm = ({ bench }: AtTheBench): 'none' | 'stands' | 'is over' => {
  const db = new DatabaseSync(bench.paths.centreDatabase, { readOnly: true })
  try {
    const found = db
      .prepare(`select cleared_at from alerts where code = 'paper out' order by alert desc limit 1`)
      .get()
    if (found === undefined) return 'none'
    return found['cleared_at'] === null ? 'stands' : 'is over'
  } finally {
    db.close()
  }
}

const seconds = (count: number) => ({ limitMs: count * 1_000, lookMs: 100 })

onRealWires('on real wires, a technician', {}, (person) => {
  it('comes for the paper, by keypad alone: the alarm is over, and the kiosk serves', async () => {
    const { act, page, heading, sees, bench } = person()
    const papers = bench.papers().length
    const keys = async (digits: string) => {
      for (const digit of digits) await page.keyboard.press(digit)
      await page.keyboard.press('Enter')
    }
    await act({ type: 'printer.fault', fault: 'paper out', on: true })
    await until('the alarm stands', () => paperAlarm(person()) === 'stands', seconds(60))

    await act({ type: 'service-key.turn', on: true })
    await heading('Who are you?')
    await keys('4711')
    await heading('Your PIN')
    await keys('2580')
    await heading('Maintenance')
    await page.keyboard.press('1')
    await heading('Devices')
    await page.keyboard.press('3')
    await heading('Receipt printer')
    await sees(/Paper (is )?out|No paper|out of paper/i)

    await act({ type: 'printer.fault', fault: 'paper out', on: false })
    await sees('Enough')
    await page.keyboard.press('1')
    await sees(/Look at the paper/)
    await page.keyboard.press('1')
    await sees('The test passed.')
    expect(bench.papers().length).toBeGreaterThan(papers)

    await act({ type: 'service-key.turn', on: false })
    await heading('Ready to open?')
    await page.keyboard.press('1')
    await heading(/Insert your electricity card/)
    await sees('Receipt on paper')
    await until('the alarm is over', () => paperAlarm(person()) === 'is over', seconds(60))
    expect(journalOf(bench).filter(({ type }) => type.startsWith('service.'))).toMatchObject([
      { type: 'service.begun', person: '4711', by: 'key' },
      { type: 'service.done', act: 'test receiptPrinter', result: 'passed' },
      { type: 'service.ended', why: 'left' },
    ])
  })
})
