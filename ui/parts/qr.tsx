// A square code on the screen; the encoder is fetched only when there is something to encode.
import { signal, type Signal } from '@preact/signals'

/** One path for all dark modules, in a square of `size` with the quiet zone of four modules around it. */
type Drawn = { size: number; path: string }

const drawn = new Map<string, Signal<Drawn | null>>()

export const Qr = ({ text, label }: { text: string; label: string }) => {
  const picture = pictureOf(text).value
  if (picture === null) return <div class="qr" />
  const { size, path } = picture
  return (
    <svg class="qr" viewBox={`-4 -4 ${size + 8} ${size + 8}`} role="img" aria-label={label}>
      <rect x="-4" y="-4" width={size + 8} height={size + 8} />
      <path d={path} />
    </svg>
  )
}

const pictureOf = (text: string): Signal<Drawn | null> => {
  const known = drawn.get(text)
  if (known !== undefined) return known
  const picture = signal<Drawn | null>(null)
  // One sale at a time: the last customer's code is not kept.
  drawn.clear()
  drawn.set(text, picture)
  void draw(text, picture)
  return picture
}

const draw = async (text: string, picture: Signal<Drawn | null>): Promise<void> => {
  const { squareOf } = await import('./qr-encoder.ts')
  const { modules } = squareOf(text, { errorCorrectionLevel: 'M' })
  let path = ''
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column) === 1) path += `M${column} ${row}h1v1h-1z`
    }
  }
  picture.value = { size: modules.size, path }
}
