// The encoder of the square code, with what a CommonJS package needs to be fetched: all of it only when it is wanted.
import { create } from 'qrcode/lib/core/qrcode.js'

export const squareOf: typeof create = (text, options) => create(text, options)
