import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { centreMessages, type MessageName } from '../../domain/centre-messages.ts'
import { inService, insertCard, leave, payCash, payWithOneNote } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'

let box: KioskInABox
beforeEach(async () => {
  box = await kioskInABox()
})
afterEach(() => box.close())

const inBox = (): number =>
  Object.entries(box.notes.truth().cashBox.notes).reduce(
    (sum, [value, count]) => sum + Number(value) * count,
    0,
  )

/** Bytes that look like something on an SSP or ESC/POS line, and bytes that look like nothing. */
const noise = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 40 }),
  fc
    .constantFrom(
      [0x7f, 0x80, 0x03, 0xf0, 0xee, 0x05],
      [0x7f, 0x00, 0x02, 0xf0, 0xeb, 0x00, 0x00],
      [0x7f, 0x7f, 0x7f, 0x80],
      [0x7f, 0x80, 0xff],
      [0x13],
      [0x11, 0x13, 0x11],
      [0x10, 0x04, 0x01],
      [0x1b, 0x40, 0x1d, 0x72, 0x01],
    )
    .map((bytes) => Uint8Array.from(bytes)),
)
const places = fc.constantFrom('host', 'device')
const lines = fc.constantFrom('notes', 'printer')
const bursts = fc.array(fc.record({ line: lines, to: places, bytes: noise }), {
  minLength: 4,
  maxLength: 12,
  size: 'max',
})

/** What arrives at one end is written at the other. */
const disturb = ({
  line,
  to,
  bytes,
}: {
  line: 'notes' | 'printer'
  to: 'host' | 'device'
  bytes: Uint8Array
}) => {
  const cable = box.cables[line]
  const end = to === 'host' ? cable?.device : cable?.host
  if (end?.writable === true) end.write(bytes)
}

describe('P2 P5: noise on the lines of acceptor and printer', () => {
  it('during a whole sale is no credit, and the sale comes to an end', async () => {
    await fc.assert(
      fc.asyncProperty(bursts, async (sequence) => {
        const ours = box
        const waiting = [...sequence]
        const some = async () => {
          for (const burst of waiting.splice(0, 2)) disturb(burst)
          await ours.pass(300)
        }
        const before = inBox()
        await inService(box)
        await insertCard(box, 'plain-sale')
        await some()
        box.press({ type: 'buy' })
        await box.screen('choose amount')
        box.press({ type: 'suggestion', value: 50 })
        await box.screen('choose tender')
        await some()
        box.press({ type: 'tender', tender: 'cash' })
        await box.pass(1_000)
        await some()
        if (box.notes.takesNotes()) box.notes.insert(2000)
        for (let rest = 0; rest < 4; rest++) await some()
        await box.pass(5_000)
        const { screen } = box.view()
        if (screen.kind === 'insert notes') expect(screen.inserted).toBe(inBox() - before)
        box.press({ type: 'cancel' })
        await box.pass(8_000)
        box.press({ type: 'cancel' })
        await box.until('the end', () =>
          ['take card', 'mishap', 'choose tender', 'confirm purchase', 'attract'].includes(
            box.view().screen.kind,
          ),
        )
        await leave(box)
        expect(box.audit()).toEqual([])
      }),
      { seed: 1, numRuns: 8 },
    )
    await payWithOneNote(box, 'no-account-money', 50)
    box.press({ type: 'confirm' })
    expect((await box.screen('take card')).after).toMatchObject({ kind: 'bought', paid: 5000 })
    await leave(box)
    expect(box.audit()).toEqual([])
  }, 60_000)
})

const names = Object.keys(centreMessages).filter(
  (name): name is MessageName => name in centreMessages,
)
const json = fc.jsonValue({ maxDepth: 3 })

describe('P5: rubbish at the centre while a sale goes on', () => {
  it('is refused, and changes nothing of the sale', async () => {
    await payCash(box, 'plain-sale', 50)
    await box.feed(5000)
    await box.screen('confirm purchase')
    const oversized = { notes: Array<string>(100_000).fill('0'.repeat(26)) }
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.oneof(json, fc.constant(oversized)),
        async (name, body) => {
          const { path } = centreMessages[name]
          const init = { method: 'POST', body: JSON.stringify(body) }
          const { status } = await box.centre.fetch(`http://127.0.0.1:1${path}`, init)
          expect(status).toBe(400)
        },
      ),
      { seed: 1, numRuns: 60 },
    )
    expect(box.audit()).toEqual([])
    box.press({ type: 'confirm' })
    expect((await box.screen('take card')).after).toMatchObject({ kind: 'bought', paid: 5000 })
    await leave(box)
    expect(box.audit()).toEqual([])
  })
})

/** What stands between kiosk and centre, and answers as it likes. */
const answers: [what: string, text: (right: string) => string, status: number][] = [
  ['nothing', () => '', 200],
  ['half of the answer', (right) => right.slice(0, right.length / 2), 200],
  ['a page of a hotel', () => '<html><body>Please log in</body></html>', 200],
  ['null', () => 'null', 200],
  ['an answer of another message', () => '{"nonces":[]}', 200],
  ['more than any answer', (right) => `${right}${' '.repeat(2_000_000)}`, 200],
  ['that it cannot now', () => '{"problem":"busy"}', 503],
]

describe.each(answers)('P5 P7: an order that is answered with %s', (_, text, status) => {
  it('is asked for again, and made once', async () => {
    let spoilt = 0
    await box.close()
    box = await kioskInABox({
      line: (centre) => async (input, init) => {
        const response = await centre(input, init)
        const url = input instanceof Request ? input.url : input.toString()
        if (spoilt === 0 || !url.endsWith(centreMessages.order.path)) return response
        spoilt--
        return new Response(text(await response.text()), { status })
      },
    })
    await payWithOneNote(box, 'plain-sale', 50)
    spoilt = 2
    box.press({ type: 'confirm' })
    expect((await box.screen('take card')).after).toMatchObject({ kind: 'bought', paid: 5000 })
    expect(spoilt).toBe(0)
    await leave(box)
    expect(box.audit()).toEqual([])
  })
})

const presses: [what: string, body: string][] = [
  ['nothing', ''],
  ['no JSON', '{"view":'],
  ['no press', '{"view":1,"press":{"type":"open the safe"}}'],
  ['a press with something added', '{"view":1,"press":{"type":"confirm","amount":1}}'],
  ['a digit that is none', '{"view":1,"press":{"type":"digit","digit":12}}'],
  ['a suggestion below zero', '{"view":1,"press":{"type":"suggestion","value":-50}}'],
  ['a view that is none', '{"view":"all","press":{"type":"confirm"}}'],
  ['ten megabytes', 'x'.repeat(10_000_000)],
]

it('rubbish at the address of the page is refused, and the sale goes on', async () => {
  await payWithOneNote(box, 'plain-sale', 50)
  const before = box.view()
  for (const [what, body] of presses) {
    const sent = await fetch(new URL('/press', box.url()), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: new URL(box.url()).origin },
      body,
    }).then(
      ({ status }) => status,
      () => 'cut off',
    )
    // What is far too long is not listened to until its end.
    expect(body.length > 1_000_000 ? [413, 'cut off'] : [400], what).toContain(sent)
    expect(box.view().screen, what).toEqual(before.screen)
  }
  box.press({ type: 'confirm' })
  expect((await box.screen('take card')).after.kind).toBe('bought')
  await leave(box)
  expect(box.audit()).toEqual([])
})
