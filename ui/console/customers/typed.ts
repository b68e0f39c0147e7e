// What people type as amounts and shares, as whole hundredths; null is no such thing. Pure.

/** `12.5` and `12,50` are 1250; a minus where `signed`. */
export const hundredthsOf = (
  text: string,
  { signed = false }: { signed?: boolean } = {},
): number | null => fractionOf(text, 2, signed)

/** With up to so many places: `1.2345` with 4 is 12345. */
export const fractionOf = (text: string, places: number, signed = false): number | null => {
  const [, sign = '', whole = '', part = ''] =
    /^(-|−)?(\d{1,9})(?:[.,](\d*))?$/.exec(text.replaceAll(/\s/g, '')) ?? []
  if (whole === '' || part.length > places || (sign !== '' && !signed)) return null
  const value = Number(whole + part.padEnd(places, '0'))
  return sign === '' ? value : -value
}

/** As it is typed again: `1250` is `12.50`, `12345` with 4 places is `1.2345`. */
export const typedOf = (value: number, places = 2): string => (value / 10 ** places).toFixed(places)
