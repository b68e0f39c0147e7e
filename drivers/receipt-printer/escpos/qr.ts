// A QR code sized for the paper: by the printer's own command, or as a picture where it has none.
import { create } from 'qrcode'
import { blankBitmap, setDot } from './bitmap.ts'
import { findRealTimeCommand, longestQrData, qrCode, type Bitmap } from './codec.ts'
import type { PrinterModel } from './models.ts'

export type PreparedQr =
  | { kind: 'command'; bytes: Uint8Array }
  | { kind: 'picture'; bitmap: Bitmap }
  | { kind: 'does not fit' }

/** White around the code, in modules: ISO/IEC 18004 asks for four. */
const quietModules = 4
/** Below three dots a telephone does not read it from thermal paper. */
const moduleDotsLeast = 3
const moduleDotsMost = 6

export const prepareQr = (text: string, model: Pick<PrinterModel, 'dots' | 'qr'>): PreparedQr => {
  const data = new TextEncoder().encode(text)
  const code = modulesOf(data)
  if (code === null) return { kind: 'does not fit' }
  const across = code.size + 2 * quietModules
  const moduleDots = Math.min(moduleDotsMost, Math.floor((model.dots * 0.75) / across))
  if (moduleDots < moduleDotsLeast) return { kind: 'does not fit' }
  const bytes = qrCode({ data, moduleDots, correction: 'M' })
  return model.qr === 'native' && findRealTimeCommand(bytes) === -1
    ? { kind: 'command', bytes }
    : { kind: 'picture', bitmap: pictureOf(code, moduleDots) }
}

type Modules = { size: number; data: Uint8Array }

/** Null when there is more data than a code of correction M holds. */
export const modulesOf = (data: Uint8Array): Modules | null => {
  if (data.length === 0 || data.length > longestQrData) return null
  try {
    return create([{ data, mode: 'byte' }], { errorCorrectionLevel: 'M' }).modules
  } catch {
    return null
  }
}

export const pictureOf = ({ size, data }: Modules, moduleDots: number): Bitmap => {
  const bitmap = blankBitmap(size * moduleDots, size * moduleDots)
  for (let y = 0; y < bitmap.rows.length; y += 1) {
    for (let x = 0; x < size * moduleDots; x += 1) {
      const module = Math.floor(y / moduleDots) * size + Math.floor(x / moduleDots)
      if (data[module] === 1) setDot(bitmap, x, y)
    }
  }
  return bitmap
}
