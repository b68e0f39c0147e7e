import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { KioskNumber } from '../domain/identifiers.ts'
import { inService, leave, payCash, payWithOneNote } from '../test/customer.ts'
import { failingDisk } from '../test/failing-disk.ts'
import { kioskInABox, type BoxOptions, type KioskInABox } from '../test/kiosk-in-a-box.ts'
import { openLog } from './log.ts'

const kiosk = { number: KioskNumber.parse('000000000101'), place: 'Main Street 1', phone: '1' }

/** A log of everything, and what was written to it. */
const listening = () => {
  const lines: string[] = []
  const log = openLog(
    { log: { level: 'debug', file: null }, kiosk },
    { write: (line) => void lines.push(line) },
  )
  return { log, lines, last: (): unknown => JSON.parse(lines.at(-1) ?? '') }
}

describe('the diagnostic log', () => {
  it('says when, of which kiosk, and what', () => {
    const { log, last } = listening()
    log.warn({ saleId: 'S1', why: 'no answer' }, 'a sale is not closed with the centre yet')
    expect(last()).toMatchObject({
      level: 40,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      kiosk: '000000000101',
      saleId: 'S1',
      why: 'no answer',
      msg: 'a sale is not closed with the centre yet',
    })
  })

  it.each<[string, object]>([
    ['a member', { serial: 'secret' }],
    ['a member of a member', { order: { serial: 'secret', customer: 'secret' } }],
    ['a member deep inside', { a: { b: { c: { d: { shortName: 'secret' } } } } }],
    ['a member in a list', { sales: [{ notes: [] }, { look: { ef01: 'secret' } }] }],
    ['what is too deep to be looked at', { a: { b: { c: { d: { e: { f: { g: 'secret' } } } } } } }],
    ['what an error carries', { err: Object.assign(new Error('no'), { received: 'secret' }) }],
    ['what caused an error', { err: new Error('no', { cause: new Error('secret') }) }],
    ['an error deep inside', { why: [Object.assign(new Error('no'), { input: 'secret' })] }],
  ])('strikes out %s that says who somebody is', (_, members) => {
    const { log, lines } = listening()
    log.error(members, 'something failed')
    expect(lines).toHaveLength(1)
    expect(lines.join()).not.toContain('secret')
  })

  it('keeps of an error what was wrong, and where', () => {
    const { log, last } = listening()
    log.error({ err: new TypeError('no such state') }, 'the kiosk machine stopped')
    expect(last()).toMatchObject({
      err: {
        type: 'TypeError',
        message: 'no such state',
        stack: expect.stringContaining('log.test'),
      },
    })
  })

  it('leaves out what is below its level', () => {
    const lines: string[] = []
    const quiet = openLog(
      { log: { level: 'error', file: null }, kiosk },
      { write: (line) => void lines.push(line) },
    )
    quiet.warn('not this')
    quiet.error('but this')
    expect(lines).toHaveLength(1)
  })

  it('is written to the file that the configuration names, whose folder is made', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'log-'))
    const file = join(folder, 'logs', 'kiosk.log')
    openLog({ log: { level: 'info', file }, kiosk }).info('stopping')
    await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toContain('stopping'))
    rmSync(folder, { recursive: true })
  })
})

/** Whatever says who somebody in this town is: names, addresses, and the numbers of customers, meters and cards. */
const personsOf = ({ town }: KioskInABox): string[] => {
  const { customers = [], cards = [], meters = [] } = town.import
  return [
    ...customers.flatMap(({ customer, shortName, address }) => [customer, shortName, address]),
    ...meters.map(({ meter }) => meter),
    ...cards.map(({ serial }) => serial),
  ]
}

/** Runs something in a box whose whole log is kept, and gives what of the town's people is in it. */
const namedIn = async (
  happen: (box: KioskInABox) => Promise<unknown>,
  options: Omit<BoxOptions, 'log'> = {},
): Promise<{ named: string[]; lines: string[] }> => {
  const { log, lines } = listening()
  const box = await kioskInABox({ ...options, log })
  try {
    await happen(box)
    const text = lines.join('').toLowerCase()
    const persons = personsOf(box)
    expect(persons.length).toBeGreaterThan(50)
    return { named: persons.filter((each) => text.includes(each.toLowerCase())), lines }
  } finally {
    await box.close()
  }
}

describe('T11: nobody is named in the log of', () => {
  it('a sale in which all goes well', async () => {
    const { named } = await namedIn(async (box) => {
      await payWithOneNote(box, 'plain-sale', 50)
      box.press({ type: 'confirm' })
      await box.screen('take card')
      await leave(box)
    })
    expect(named).toEqual([])
  })

  it('a sale that the centre does not close for long, and a start afterwards', async () => {
    const { named, lines } = await namedIn(async (box) => {
      await payWithOneNote(box, 'plain-sale', 50)
      box.reader.pullAfter(4)
      box.press({ type: 'confirm' })
      await box.screen('put card back')
      box.centre.goAway()
      box.press({ type: 'done' })
      await box.screen('mishap')
      await box.restart()
      await box.pass(60_000)
      box.centre.comeBack()
      await inService(box)
      box.insert('plain-sale')
      await box.pass(3_000)
      await leave(box)
    })
    expect(lines.join('')).toContain('not resolved')
    expect(lines.join('')).toContain('a sale is not closed with the centre yet')
    expect(named).toEqual([])
  })

  it('a sale whose disk and devices fail', async () => {
    const disk = failingDisk()
    const { named, lines } = await namedIn(
      async (box) => {
        await payCash(box, 'plain-sale', 50)
        await box.feed(2000)
        await box.screen('insert notes', ({ inserted }) => inserted === 2000)
        box.notes.jam('safe')
        disk.failAt('half a write', 1)
        await box.until('the end', () =>
          ['confirm purchase', 'mishap', 'take card'].includes(box.view().screen.kind),
        )
        box.press({ type: 'confirm' })
        await box.until('the end', () => ['mishap', 'take card'].includes(box.view().screen.kind))
      },
      { journal: { openFile: disk.openFile } },
    )
    expect(lines.join('')).toContain('a receipt is printed without a number')
    expect(named).toEqual([])
  })

  it('a visit of every card of the town', async () => {
    const { named } = await namedIn(async (box) => {
      for (const { id } of box.town.cards) {
        await inService(box)
        box.insert(id)
        await box.until('the card is judged', () =>
          ['account', 'refused', 'open order', 'healed'].includes(box.view().screen.kind),
        )
        box.reader.remove()
      }
    })
    expect(named).toEqual([])
  })
})
