// When the line of a kiosk came and went, one row each, for whoever looks back.
import type { FleetLines, FleetTurn } from './fleet-tables.ts'

export const noteLine = async (
  { work, now, kiosk }: FleetTurn,
  line: Pick<FleetLines, 'bd' | 'st' | 'why'>,
): Promise<void> => {
  await work
    .insertInto('fleet_lines')
    .values({ kiosk, at: now, ...line })
    .onConflict((it) => it.doNothing())
    .execute()
}
