// The little we use of three packages that come without types: `escpos` 2.5.2, `qrcode` 1.5.4 and, in tests, `npos`.

declare module 'escpos/printer.js' {
  type Adapter = {
    write(data: Buffer, done: (error: Error | null) => void): void
    close(done: (error: Error | null) => void): void
  }
  class Printer {
    constructor(adapter: Adapter, options: { encoding: string })
    /** `1B 40` */
    hardware(what: 'INIT'): this
    /** `1B 61 n` */
    align(where: 'LT' | 'CT' | 'RT'): this
    /** `1B 21 n`; clears bold and underline as well. */
    size(width: 1 | 2, height: 1 | 2): this
    /** `1B 33 n` */
    lineSpace(dots: number): this
    /** Encodes the text by iconv-lite, adds LF; sends no code-page command. */
    text(content: string, encoding?: string): this
    /** n LF. */
    feed(lines: number): this
    /** Bytes as they are; any other kind of array is written as text. */
    print(bytes: Buffer): this
    flush(done: (error: Error | null) => void): this
  }
  export = Printer
}

declare module 'qrcode' {
  /** Throws when the data does not fit. `modules.data` holds size × size values, row by row, 1 is dark. */
  export function create(
    segments: readonly { data: Uint8Array; mode: 'byte' }[],
    options: { errorCorrectionLevel: 'L' | 'M' | 'Q' | 'H' },
  ): { modules: { size: number; data: Uint8Array } }
}

declare module 'npos' {
  type Rule = number | readonly (number | string)[]
  type Node = { ascii: string; fn?: string; offset: number; length: number }
  class Parser {
    constructor(rules?: Record<string, Record<string, readonly (number | string)[]>>)
    analyze(raw: Buffer): { raw: Buffer; error?: Error; tree: Node[] | null }
  }
  export const parser: typeof Parser
  export const rules: Record<string, Record<string, readonly (number | string)[]>>
}
