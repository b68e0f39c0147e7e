// Which characters a printer can print from fonts of its own, and how many columns they take.
import iconv from 'iconv-lite'
import type { PrinterModel } from './models.ts'

export type TypedCharacters = 'code page' | 'gb18030'

/** How a text can be typed on this model: in which of its character sets, if one of them has it all. */
export const charactersFor = (
  text: string,
  model: Pick<PrinterModel, 'codePage' | 'chinese'>,
): TypedCharacters | null => {
  if (columnsOf(text, model.codePage.encoding, 1) !== null) return 'code page'
  return model.chinese === 'gb18030' && columnsOf(text, 'gb18030', 2) !== null ? 'gb18030' : null
}

/**
 * Columns a text takes when it is typed, null where a character is missing. A byte is a column in every set we use: a
 * Chinese character is two bytes and twice as wide. GB18030's characters of four bytes are in no printer's font.
 */
export const columnsOf = (text: string, encoding: string, bytesMost: 1 | 2): number | null => {
  let columns = 0
  for (const character of text) {
    const bytes = iconv.encode(character, encoding)
    const known = iconv.decode(bytes, encoding) === character && (bytes[0] ?? 0) >= 0x20
    if (!known || bytes.length > bytesMost) return null
    columns += bytes.length
  }
  return columns
}
