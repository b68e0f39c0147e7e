// Tests that take the whole screen, drawn by the page alone: a grid to touch, and colours to look at.
import { Colours } from './colours.tsx'
import type { ServiceProps } from './part.ts'
import { TouchGrid } from './touch-grid.tsx'

export const Whole = (props: ServiceProps) => {
  const { whole } = props.screen.page
  return whole === null ? null : whole === 'touch grid' ? (
    <TouchGrid {...props} />
  ) : (
    <Colours {...props} />
  )
}
