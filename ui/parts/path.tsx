// What goes where: two nodes and the wire between them, for those who don't read.
import { Picture, type PictureName } from './pictures.tsx'

export const Path = ({ from, to }: { from: PictureName; to: PictureName }) => (
  <p class="path" aria-hidden="true">
    <Picture name={from} />
    <i />
    <Picture name={to} />
  </p>
)
