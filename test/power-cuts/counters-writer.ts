// The lowdb files of a kiosk at work: receipt numbers and boots, each used once it is there; a document of its own beside.
import { durableJson } from '../../kiosk/durable-json.ts'
import { Page, pageOf, pagePath, type Counted } from './counters-verifier.ts'
import { saleHistories } from './sale-histories.ts'
import { workingRecords } from './working-records.ts'
import { writerOf } from './writer.ts'

const starts = 6
const receiptsPerStart = 12

const { folder, chance, sent, acknowledged } = writerOf<Counted, Counted>()
const page = durableJson({
  path: pagePath(folder),
  schema: Page,
  onUnreadable: ({ problem }) => {
    throw new Error(problem)
  },
})
const histories = saleHistories(chance)
let version = 0
for (let boot = 1; boot <= starts; boot++) {
  sent({ boot })
  const opened = await workingRecords(folder)
  if (opened.kind === 'trouble') throw new Error(opened.why)
  acknowledged({ boot })
  const { records } = opened
  for (let count = 0; count < receiptsPerStart; count++) {
    const receipt = await records.nextReceipt()
    acknowledged({ receipt })
    for (let some = chance(4); some > 0; some--) await records.append(histories.next().value)
    if (chance(3) === 0) await records.save()
    sent({ page: ++version })
    await page.write(pageOf(version))
    acknowledged({ page: version })
  }
  await records.close()
}
