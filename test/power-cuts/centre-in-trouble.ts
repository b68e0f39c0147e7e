// A centre whose disk is full, read-only or gone: it says that it cannot, and never that it did.
import { pino } from 'pino'
import { openReceiptKey } from '../../centre/card-security/receipt-key.ts'
import { centreServer } from '../../centre/server.ts'
import { centreMessages } from '../../domain/centre-messages.ts'
import { centreKit } from '../centre-kit.ts'
import { centrePlace, centreStore, type Asked, type Given } from './centre-verifier.ts'
import type { Trouble, TroubledDisk } from './troubled-disk.ts'

/** More sales than a full disk has room for by chance. */
const salesTried = 6
const customers = ['plain-sale', 'rich-account', 'no-account-money', 'arrears'] as const

/** A sentence for each thing that is not as it must be. */
export const centreInTrouble = async (disk: TroubledDisk, trouble: Trouble): Promise<string[]> => {
  const asked: Asked[] = []
  const given: Given[] = []
  const refusals: number[] = []
  const kit = await centreKit({
    place: centrePlace(disk.folder),
    receiptKey: openReceiptKey(disk.folder),
    line: () => async (name, body) => {
      const number = asked.push({ name, body }) - 1
      const server = centreServer(kit.centre(), pino({ level: 'silent' }))
      const reply = await server.inject({
        method: 'POST',
        url: centreMessages[name].path,
        payload: body as object,
      })
      const { statusCode: status, body: text } = reply
      if (status === 200) given.push({ number, status, text })
      else refusals.push(status)
      return { status, text }
    },
  })
  const sellTo = (id: (typeof customers)[number]) =>
    kit
      .kiosk()
      .sell(kit.cardOf(id), { tender: 5000, notes: [5000] })
      .then(
        () => true,
        () => false,
      )
  const flaws: string[] = []
  const must = (isSo: boolean, what: string) => {
    if (!isSo) flaws.push(what)
  }
  try {
    must(await sellTo('plain-sale'), 'a sale on a sound disk fails')
    kit.meterOf('plain-sale').insert(kit.cardOf('plain-sale'))
    await disk.strike(trouble)
    for (let sale = 0; sale < salesTried; sale++)
      await sellTo(customers[1 + (sale % 3)] ?? 'arrears')
    must(refusals.length > 0, 'all is answered as if nothing were')
    must(
      refusals.every((status) => status === 500 || status === 503),
      `answers are ${refusals.join(' ')}`,
    )
    await disk.mend()
    await kit.reopen()
    must(await sellTo('plain-sale'), 'no sale is possible when the disk is right again')
    flaws.push(...(await kit.flaws()))
  } finally {
    await kit.close()
  }
  const verdict = await centreStore.verify(disk.folder, { sent: asked, acknowledged: given })
  return [...flaws, ...verdict.flaws]
}
