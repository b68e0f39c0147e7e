// What the front panel of a running bench shows, and what happens when somebody does something there.
import type { Act, Panel } from '../../ui/bench/panel.ts'
import { done, refused, type ActDone } from './act.ts'
import type { CentreLine } from './centre-line.ts'
import type { Program } from './children.ts'
import { currency } from './configs.ts'
import type { FrontMachine } from './front-machine.ts'
import { actIn, panelOf, type World } from './world.ts'

type Running = {
  world: World
  line: Pick<CentreLine, 'away' | 'setAway'>
  kiosk: Program
  centre: Program
  /** Null in the authority's edition. */
  front: FrontMachine | null
  kioskUrl: string
  consoleUrl: string | null
  onChange: () => void
}

export const frontPanel = (running: Running) => {
  const { world, line, kiosk, centre, front, kioskUrl, consoleUrl } = running
  return {
    panel: (): Panel => ({
      ...panelOf(world),
      bank: bankPanel(world, front),
      kioskUrl,
      consoleUrl,
      currency,
      programs: { kiosk: kiosk.state(), centre: centre.state() },
      centreAway: line.away(),
    }),
    act: (act: Act): Promise<ActDone> => actOn(running, act),
  }
}

const bankPanel = ({ bank }: World, front: FrontMachine | null): Panel['bank'] =>
  bank === null || front === null ? null : { ...bank.panel(), front: front.program.state() }

const actOn = async (
  { world, line, kiosk, front, onChange }: Running,
  act: Act,
): Promise<ActDone> => {
  switch (act.type) {
    case 'centre.away':
      line.setAway(act.on)
      onChange()
      return done
    case 'kiosk.kill':
      if (kiosk.state() === 'stopped') return refused('The kiosk has no power.')
      await kiosk.kill()
      return done
    case 'front.kill':
      if (front === null) return refused('There is no front machine in this edition.')
      await front.program.kill()
      return done
    default: {
      const outcome = await actIn(world, act)
      onChange()
      return outcome
    }
  }
}
