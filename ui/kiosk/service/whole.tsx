// Tests that take the whole screen, drawn by the page alone: a grid to touch, and colours to look at.
import type { Stage } from '../stage.ts'
import { Colours } from './colours.tsx'
import type { ServiceScreen } from './service-page.ts'
import type { ServiceTexts } from './texts.ts'
import { TouchGrid } from './touch-grid.tsx'

export type WholeProps = { screen: ServiceScreen; words: ServiceTexts; at: Stage }

export const Whole = (props: WholeProps) => {
  const { whole } = props.screen.page
  return whole === null ? null : whole === 'touch grid' ? (
    <TouchGrid {...props} />
  ) : (
    <Colours {...props} />
  )
}
