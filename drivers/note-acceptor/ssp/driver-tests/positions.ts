// Every place a note can be in when something happens to the unit, the line or the kiosk.
import type { Bench } from './bench.ts'

export const positions = [
  'nowhere',
  'being read',
  'in escrow, untold',
  'in escrow, told',
  'stacking, untold',
  'stacking, told',
  'credited, untold',
  'credited, told',
  'in the box, credit untold',
  'in the box, acknowledged',
  'on its way back',
  'given back, untold',
] as const

export type Position = (typeof positions)[number]

/** Where a note ends that is here when the unit loses power: the unit clears its path by itself (devices.md 3.3). */
export const endsInBox = (position: Position): boolean =>
  /stacking|credited|in the box/.test(position)

/** Puts a note of 20 into the unit of an open bench and moves the clock until it is here. */
export const bringNote = async (it: Bench, position: Position): Promise<void> => {
  if (position === 'nowhere') return
  it.unit.insert(2000)
  const at = (where: string) => () => it.unit.truth().note?.where === where
  const inBox = () => it.inBox() === 2000
  switch (position) {
    case 'being read':
      return it.untilSo(at('reading'))
    case 'in escrow, untold':
      return it.untilSo(at('escrow'))
    case 'in escrow, told':
      return void (await it.until('escrowed 2000'))
    case 'stacking, untold':
      return it.untilSo(at('stacking'))
    case 'stacking, told':
      return void (await it.until('stacking'))
    case 'credited, untold':
      return it.untilSo(at('credited'))
    case 'credited, told':
      return void (await it.until('stacked 2000'))
    case 'in the box, credit untold':
      await it.until('stacking')
      it.unit.goSilent()
      await it.untilSo(inBox)
      return it.unit.speakAgain()
    case 'in the box, acknowledged':
      await it.untilSo(inBox)
      return it.clock.advance(1_000)
    case 'on its way back':
      await it.until('escrowed 2000')
      it.command({ type: 'note.return' })
      return it.untilSo(at('returning'))
    case 'given back, untold':
      await it.until('escrowed 2000')
      it.command({ type: 'note.return' })
      return it.untilSo(() => it.unit.truth().givenBack['2000'] === 1)
    default:
      return position satisfies never
  }
}
