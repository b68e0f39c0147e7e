// The encoder alone of the package `qrcode`, which comes without types: a text in, a square of modules out.
declare module 'qrcode/lib/core/qrcode.js' {
  export const create: (
    text: string,
    options: { errorCorrectionLevel: 'L' | 'M' | 'Q' | 'H' },
  ) => { modules: { size: number; get: (row: number, column: number) => number } }
}
