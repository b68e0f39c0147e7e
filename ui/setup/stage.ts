// What every page of the first setup is given.
import type { ServiceTexts } from '../kiosk/service/texts.ts'
import type { Format } from '../parts/format.ts'
import type { SetupPage, SetupPress, SetupView } from './setup-view.ts'
import type { SetupTexts } from './texts.ts'

export type SetupStage = {
  view: SetupView
  texts: SetupTexts
  /** The words of the maintenance mode, whose tests are shown here too. */
  service: ServiceTexts
  format: Format
  press: (press: SetupPress) => void
}

export type PageProps<Kind extends SetupPage['kind']> = {
  page: Extract<SetupPage, { kind: Kind }>
  at: SetupStage
}
