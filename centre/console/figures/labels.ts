// What points of sale and areas are called.
import type { FigureReading } from '../../figures/figure-tables.ts'

export type Labels = { places: Map<string, string>; areas: Map<number, string> }

export const labelsOf = async (read: FigureReading): Promise<Labels> => ({
  places: new Map<string, string>(
    (await read.selectFrom('kiosks').select(['kiosk', 'place']).execute()).map((each) => [
      each.kiosk,
      each.place,
    ]),
  ),
  areas: new Map(
    (await read.selectFrom('areas').selectAll().execute()).map((each) => [each.area, each.name]),
  ),
})
