// The journal of a kiosk and what the centre has of it: a disk that is not what it was sells nothing (P6).
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { inService, leave, payWithOneNote } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'

let box: KioskInABox
afterEach(() => box.close())

/** From card in to the next customer, and until the centre has heard of it. */
const sell = async (card: string): Promise<void> => {
  await payWithOneNote(box, card, 50)
  box.press({ type: 'confirm' })
  await box.screen('take card')
  await leave(box)
  await uploaded()
}

/** Nobody comes for a while: everything has the time to arrive. */
const uploaded = () => box.pass(15_000)

const kindsOfAlarms = (): string[] => box.alarms().map(({ kind }) => kind)

const trouble = async (): Promise<unknown> => {
  const response = await fetch(new URL('health', box.url()))
  return response.json()
}

/** Nothing is sold, and whoever asks is told why. */
const isOutOfService = async (words: string): Promise<void> => {
  const { why } = await box.screen('out of service', (screen) => screen.why === 'journal')
  expect(why).toBe('journal')
  box.insert('rich-account')
  await box.pass(5_000)
  expect(box.view().screen.kind).toBe('out of service')
  box.reader.remove()
  expect(await trouble()).toMatchObject({
    well: false,
    trouble: expect.stringContaining(words) as unknown,
  })
}

it('P6: every entry of a sale comes to the centre by itself, as it stands on the disk', async () => {
  box = await kioskInABox()
  await sell('plain-sale')
  expect(box.journal().length).toBeGreaterThan(12)
  expect(box.audit({ atRest: true })).toEqual([])
  await box.restart()
  await inService(box)
  await uploaded()
  expect(box.audit({ atRest: true })).toEqual([])
  expect(box.alarms()).toEqual([])
})

it('P6: a sale does not wait for the journal to arrive, nor for its answers', async () => {
  box = await kioskInABox()
  await inService(box)
  await uploaded()
  box.centre.fail('journal', 'answer lost', 40)
  box.centre.fail('journal', 'request lost', 40)
  await payWithOneNote(box, 'plain-sale', 50)
  box.press({ type: 'confirm' })
  expect((await box.screen('take card')).after).toMatchObject({ kind: 'bought', paid: 5000 })
  await leave(box)
  box.centre.mend()
  await box.pass(330_000)
  expect(box.audit({ atRest: true })).toEqual([])
  expect(box.alarms()).toEqual([])
})

it('P6: a kiosk that starts without the centre sells nothing before it knows that its journal is the right one', async () => {
  box = await kioskInABox()
  await sell('plain-sale')
  box.centre.goAway()
  await box.restart()
  await box.screen('out of service', ({ why }) => why === 'centre away')
  box.centre.fail('journal', 'request lost', 30)
  box.centre.comeBack()
  await box.pass(3_000)
  expect(box.view().screen.kind).toBe('out of service')
  await inService(box)
  await uploaded()
  expect(box.audit({ atRest: true })).toEqual([])
})

describe('P6: a kiosk sells nothing, and the centre raises an alarm,', () => {
  it('when its disk was put back to an earlier day; and sells again with the right one', async () => {
    box = await kioskInABox()
    await sell('plain-sale')
    await box.restart({ meanwhile: (journal) => copyFileSync(journal, `${journal}.monday`) })
    await sell('rich-account')
    const right = box.journal()
    await box.restart({ meanwhile: (journal) => copyFileSync(`${journal}.monday`, journal) })
    await isOutOfService('it was put back, emptied or cut')
    expect(kindsOfAlarms()).toEqual(['journal rolled back'])
    // A technician finds the right disk.
    await box.restart({
      meanwhile: (journal) => writeFileSync(journal, right.map((line) => `${line}\n`).join('')),
    })
    await inService(box)
    await sell('no-account-money')
    expect(box.audit({ atRest: true })).toEqual([])
    expect(kindsOfAlarms()).toEqual(['journal rolled back'])
  })

  it('when somebody cut the end of its journal, from a note on', async () => {
    box = await kioskInABox()
    await sell('plain-sale')
    await box.restart({
      meanwhile: (journal) => {
        const lines = readFileSync(journal, 'utf8').split('\n')
        const note = lines.findIndex((line) => line.includes('"note.escrowed"'))
        writeFileSync(journal, lines.slice(0, note).join('\n') + '\n')
      },
    })
    await isOutOfService('it was put back, emptied or cut')
    expect(kindsOfAlarms()).toEqual(['journal rolled back'])
  })

  it('when it has a new disk that nobody announced', async () => {
    box = await kioskInABox()
    await sell('plain-sale')
    await box.restart({ meanwhile: (journal) => rmSync(journal) })
    await isOutOfService('the disk ends with line 0')
    expect(kindsOfAlarms()).toEqual(['journal rolled back'])
  })

  it('when two disks were made from one, and both have been in use', async () => {
    box = await kioskInABox()
    await sell('plain-sale')
    await box.restart({ meanwhile: (journal) => copyFileSync(journal, `${journal}.twin`) })
    await inService(box)
    await uploaded()
    // The twin lives on elsewhere: as long as the centre is away, nothing tells it from the first.
    box.centre.goAway()
    await box.restart({ meanwhile: (journal) => copyFileSync(`${journal}.twin`, journal) })
    // Longer than the first by now, whatever that one had to say: it is another, and not a part of it.
    for (let starts = 0; starts < 6; starts++) await box.restart()
    box.centre.comeBack()
    await isOutOfService('another than the centre has')
    expect(kindsOfAlarms()).toEqual(['journal fork'])
  })
})
