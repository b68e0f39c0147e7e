// The simulated printer by itself, spoken to in the bytes of devices.md 11: what it prints, says and keeps.
import { loadImage } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { manualClock } from '../../../../test/manual-clock.ts'
import { memoryCable } from '../../../cables.ts'
import { escposSimulator, type EscposSimulatorOptions } from './simulator.ts'
import type { PrintedPaper } from './truth.ts'

const nextTurn = () => new Promise<void>((resolve) => void setImmediate(resolve))

const printer = (options: Partial<EscposSimulatorOptions> = {}) => {
  const clock = manualClock()
  const papers: PrintedPaper[] = []
  const sim = escposSimulator({
    model: 'generic-80-cn',
    rowsPerSecond: Infinity,
    onReceipt: (paper) => papers.push(paper),
    ...options,
    clock,
  })
  const { device, host } = memoryCable()
  sim.attach(device)
  const said: number[] = []
  host.on('data', (chunk: Uint8Array) => said.push(...chunk))
  /** Sends, and gives back what the printer says to it. */
  const send = async (hex: string): Promise<string> => {
    said.length = 0
    host.write(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
    await nextTurn()
    await nextTurn()
    return Buffer.from(said).toString('hex')
  }
  return { sim, send, papers, clock, said }
}
const ascii = (text: string) => Buffer.from(text, 'latin1').toString('hex')
const cut = '1D 56 42 00'

describe('paper', () => {
  it('shows text in the code page that was chosen, and in GB18030', async () => {
    const { send, papers } = printer()
    await send(`1B40 1B7413 ${ascii('Caf\x82 \xd5')}0A 1C26 B9BAB5E7 1C2E 0A ${cut}`)
    expect(papers.map(({ text }) => text)).toEqual(['Café €\n购电'])
  })

  it('is as long as what was printed, and has its dots', async () => {
    const { send, papers } = printer()
    await send(`1B40 1B3320 ${ascii('A')}0A 1D763000 0200 0300 FFFF 8001 FFFF ${cut}`)
    const image = await loadImage(Buffer.from(papers[0]?.png ?? '', 'base64'))
    expect([image.width, image.height]).toEqual([576 + 56, 32 + 3 + 100 + 56])
  })

  it('goes on in the next line where a line is too long', async () => {
    const { send, papers } = printer()
    await send(`${ascii('x'.repeat(50))}0A ${cut}`)
    expect(papers[0]?.text).toBe(`${'x'.repeat(48)}\nxx`)
  })

  it('keeps back what has not passed the knife, where a cut does not feed', async () => {
    const { send, papers, sim } = printer()
    await send(`1B3320 ${`${ascii('row')}0A`.repeat(5)} 1D5600`)
    expect(papers[0]?.text).toBe('row\nrow')
    expect(sim.hanging()).toBe('row\nrow\nrow')
  })

  it('that is torn off is not cut', async () => {
    const { send, sim } = printer()
    await send(`${ascii('half')}0A`)
    sim.tearOff()
    expect(sim.receipts()).toMatchObject([{ text: 'half', cut: false, where: 'hanging' }])
    expect(sim.takePaper()).toBe('taken')
    expect(sim.takePaper()).toBe('nothing there')
  })

  it('takes time to move, and answers come when it is through', async () => {
    const { send, clock, said } = printer({ rowsPerSecond: 100 })
    expect(await send(`1B3364 ${ascii('slow')}0A 1D7201`)).toBe('')
    await clock.advance(999)
    expect(said).toEqual([])
    await clock.advance(1)
    await nextTurn()
    expect(said).toEqual([0x00])
  })

  it('that ends stops the printer in the middle, and a new roll lets it go on', async () => {
    const { send, sim, papers } = printer()
    sim.runOutOfPaper({ afterRows: 40 })
    await send(`1B3320 ${`${ascii('row')}0A`.repeat(5)} ${cut}`)
    expect(sim.hanging()).toBe('row\nrow')
    expect(sim.truth().paper).toBe('out')
    sim.insertPaper()
    expect(papers[0]?.text).toBe('row\nrow\nrow\nrow\nrow')
  })
})

describe('questions', () => {
  it('are answered at once, even offline: a healthy printer, and one without paper (devices.md 11.1)', async () => {
    const { send, sim } = printer()
    expect(await send('100401 100402 100403 100404')).toBe('12121212')
    sim.runOutOfPaper()
    expect(await send('100401')).toBe('1a')
    expect(await send('100402')).toBe('32')
    expect(await send('100404')).toBe('7e')
  })

  it('are not taken for something else when their bytes come one by one', async () => {
    const { send } = printer()
    expect(await send('10')).toBe('')
    expect(await send('04')).toBe('')
    expect(await send('01')).toBe('12')
  })

  it('inside an image are answered, and spoil it', async () => {
    const { send, sim } = printer()
    expect(await send('1D763000 0100 0400 FF 100401')).toBe('12')
    expect(sim.strange()).toEqual([Uint8Array.of(0x10, 0x04, 0x01)])
  })

  it('about every change are answered from then on, and once for each', async () => {
    const { send, sim, said } = printer()
    expect(await send('1D61FF')).toBe('1000000f')
    said.length = 0
    sim.openCover()
    sim.openCover()
    await nextTurn()
    expect(Buffer.from(said).toString('hex')).toBe('3800000f')
  })

  it('in turn wait for what was sent before; a process id comes back as it was sent', async () => {
    const { send } = printer({ model: 'epson-tm' })
    expect(await send('1D7201')).toBe('00')
    expect(await send('1D2848 0600 3030 4A303031')).toBe('37224a30303100')
  })

  it('to one that is silent or without power get no answer', async () => {
    const { send, sim } = printer()
    sim.goSilent()
    expect(await send('100401')).toBe('')
    sim.speakAgain()
    sim.powerOff()
    expect(await send('100401')).toBe('')
    sim.powerOn()
    expect(await send('100401')).toBe('12')
  })
})

describe('a printer', () => {
  it('asks for a pause when its buffer is full, and goes on by itself', async () => {
    const { send, clock, said } = printer({ rowsPerSecond: 800 })
    const image = `1D763000 4800 3800 ${'FF'.repeat(72 * 56)}`
    expect(await send(image.repeat(3))).toBe('13')
    await clock.advance(1000)
    await nextTurn()
    expect(said).toEqual([0x13, 0x11])
  })

  it('forgets its buffer without power, and what it is set to', async () => {
    const { send, sim } = printer()
    sim.openCover()
    await send(`1D61FF ${ascii('lost')}0A ${cut}`)
    sim.powerOff()
    sim.closeCover()
    sim.powerOn()
    await send(`${ascii('kept')}0A ${cut}`)
    expect(sim.receipts().map(({ text }) => text)).toEqual(['kept'])
  })

  it('of Custom holds the receipt at its exit, says so, and draws it back', async () => {
    const { send, sim } = printer({ model: 'custom-vkp80' })
    expect(await send('100414')).toBe('100f00000000')
    await send(`1B33FF ${ascii('yours')}0A 1D5600 1D65030C`)
    expect(await send('100414')).toBe('100f20000000')
    expect(sim.receipts()).toMatchObject([{ text: 'yours', where: 'at exit' }])
    await send('1D6502')
    expect(await send('100414')).toBe('100f00000000')
    expect(sim.receipts()).toMatchObject([{ where: 'retracted' }])
  })

  it('does not know the commands of others', async () => {
    const { send, sim } = printer({ model: 'generic-58' })
    await send('1C26 1D65')
    expect(sim.strange()).toHaveLength(2)
  })

  it('keeps what was printed over a restart', async () => {
    const kept: EscposSimulatorOptions['truth'][] = []
    const { send } = printer({ onChange: (truth) => kept.push(truth) })
    await send(`${ascii('first')}0A ${cut}`)
    const truth = JSON.parse(JSON.stringify(kept.at(-1)))
    const again = printer({ truth })
    expect(again.sim.receipts()).toMatchObject([{ number: 1, text: 'first' }])
    await again.send(`${ascii('second')}0A ${cut}`)
    expect(again.sim.receipts().map(({ number }) => number)).toEqual([1, 2])
  })
})
