import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RefusalView } from '../../ui/kiosk/screen.ts'
import { inService } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'

let box: KioskInABox
beforeAll(async () => {
  box = await kioskInABox()
})
afterAll(() => box.close())

/** The card of the sample town, and what its owner is told. */
const refused: [card: string, refusal: Partial<RefusalView>][] = [
  ['unread-purchase', { kind: 'unread purchase' }],
  ['pulled-early', { kind: 'unread purchase' }],
  ['meter-full', { kind: 'meter full' }],
  ['replacement-new', { kind: 'not yet in meter' }],
  ['replaced-old', { kind: 'card replaced' }],
  ['opening-new', { kind: 'not yet in meter' }],
  ['other-area', { kind: 'other area' }],
  ['customer-blocked', { kind: 'visit the office', why: 'customer blocked' }],
  ['key-blocked', { kind: 'visit the office', why: 'key blocked' }],
  ['key-version', { kind: 'visit the office', why: 'key version' }],
  ['data-differ', { kind: 'visit the office', why: 'data differ' }],
  ['refused-too-much', { kind: 'refused by meter', code: 21 }],
  ['refused-count', { kind: 'refused by meter', code: 17 }],
  ['wrong-meter-unread', { kind: 'refused by meter', code: 11 }],
  ['count-ahead', { kind: 'under inquiry' }],
  ['imitation', { kind: 'not genuine' }],
  ['service-card', { kind: 'service card' }],
  ['management-card', { kind: 'service card' }],
  ['preset-card', { kind: 'preset card' }],
  ['blank-card', { kind: 'visit the office', why: 'not issued' }],
  ['bank-card', { kind: 'foreign card' }],
  ['bus-pass', { kind: 'foreign card' }],
]

describe('before any money is taken, a customer is told why nothing can be sold:', () => {
  it.each(refused)('%s', async (card, refusal) => {
    await inService(box)
    box.insert(card)
    const screen = await box.screen('refused')
    expect(screen.refusal).toMatchObject(refusal)
    expect(box.notes.takesNotes()).toBe(false)
    box.press({ type: 'cancel' })
    box.reader.remove()
    await inService(box)
    expect(box.journal().filter((line) => line.includes('note.'))).toEqual([])
    expect(box.audit()).toEqual([])
  })
})

describe('a card that works again after all is served:', () => {
  it.each(['replacement-used', 'opening-used', 'low-energy', 'wrong-meter-notice', 'second-meter'])(
    '%s',
    async (card) => {
      await inService(box)
      box.insert(card)
      await box.screen('account')
      box.press({ type: 'cancel' })
      box.reader.remove()
      await inService(box)
    },
  )
})
