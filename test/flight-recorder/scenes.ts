// Faults as they come in the field, each played by the simulators until its window is kept.
import { code } from '../../drivers/note-acceptor/ssp/commands.ts'
import { losesAnswers } from '../../drivers/note-acceptor/ssp/simulator/behaviours.ts'
import { rig, type Rig } from './rig.ts'

const begun = async (): Promise<Rig> => {
  const it = await rig()
  await it.hears('note-acceptor.tallied')
  await it.hears('receipt-printer.ready')
  return it
}

const payingAt = async (it: Rig): Promise<Rig> => {
  it.pay()
  await it.hears('note-acceptor.opened')
  return it
}

/** By the name of the file that is kept of it. */
export const scenes: Record<string, () => Promise<Rig>> = {
  'jam-while-stacking': async () => {
    const it = await payingAt(await begun())
    await it.insert(1000)
    await it.hears('note.stacked')
    await it.insert(2000)
    await it.hears('note.stacking', 2)
    it.notes.jam('unsafe')
    await it.hears('note-acceptor.failed')
    await it.pass(5_000)
    it.notes.clearJam()
    await it.pass(60_000)
    return it
  },
  'answer-to-stacking-lost': async () => {
    const it = await payingAt(await begun())
    await it.insert(2000)
    await it.hears('note.escrowed')
    it.notes.behave(losesAnswers({ to: code.pollWithAck, times: 3 }))
    await it.hears('note.stacked')
    it.cancel()
    await it.pass(60_000)
    return it
  },
  'paper-out-while-printing': async () => {
    const it = await begun()
    it.print('first')
    await it.hears('receipt.printed')
    it.printer.runOutOfPaper({ afterRows: 60 })
    it.print('second')
    await it.hears('receipt.not-printed')
    await it.pass(3_000)
    it.printer.insertPaper()
    await it.hears('receipt-printer.cleared')
    it.print('second')
    await it.hears('receipt.printed', 2)
    await it.pass(60_000)
    return it
  },
  'unplugged-after-a-quiet-night': async () => {
    const it = await begun()
    await it.pass(400_000)
    await payingAt(it)
    await it.insert(500)
    await it.hears('note.stacked')
    it.cancel()
    await it.hears('note-acceptor.tallied', 2)
    await it.pass(120_000)
    it.unplug('notes')
    await it.pass(4_000)
    it.plugIn('notes')
    await it.hears('note-acceptor.cleared')
    await it.pass(60_000)
    return it
  },
}
