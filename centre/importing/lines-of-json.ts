// Where in a text of JSON a value stands: line by line, for whoever has to mend the file. Pure.

/** The line, from 1, on which the value at each path begins; paths as in `meters.3.customer`. Only for text that parses. */
export const linesOfJson = (text: string): ReadonlyMap<string, number> => {
  const lines = new Map<string, number>()
  let line = 1
  let at = 0

  const skip = (): void => {
    for (; /\s/.test(text[at] ?? ''); at++) if (text[at] === '\n') line++
  }
  const string = (): string => {
    const from = at++
    for (; text[at] !== '"' && at < text.length; at++) if (text[at] === '\\') at++
    at++
    return text.slice(from, at)
  }
  const value = (path: string): void => {
    skip()
    lines.set(path, line)
    const opening = text[at]
    if (opening === '{' || opening === '[') return inside(path, opening === '{' ? '}' : ']')
    if (opening === '"') string()
    else for (; at < text.length && !/[\s,}\]]/.test(text[at] ?? '');) at++
  }
  const inside = (path: string, closing: string): void => {
    at++
    for (let place = 0; ; place++) {
      skip()
      if (text[at] === closing || at >= text.length) break
      let name = String(place)
      if (closing === '}') {
        name = String(JSON.parse(string()))
        skip()
        at++
      }
      value(path === '' ? name : `${path}.${name}`)
      skip()
      if (text[at] === ',') at++
    }
    at++
  }
  value('')
  return lines
}

/** The line of a path, or of the nearest thing around it that is there. */
export const lineOfPath = (lines: ReadonlyMap<string, number>, path: string): number | null => {
  for (let part = path; part !== ''; part = part.slice(0, Math.max(0, part.lastIndexOf('.')))) {
    const line = lines.get(part)
    if (line !== undefined) return line
  }
  return null
}
