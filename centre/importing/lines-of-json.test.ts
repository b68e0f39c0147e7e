// Where in a file a value stands: whatever JSON was written, however it was laid out.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineOfPath, linesOfJson } from './lines-of-json.ts'

describe('the line of a value', () => {
  it('is the one on which it begins', () => {
    const text = '{\n  "a": [\n    1,\n    { "b": "x\\"}\\n" , "c": null }\n  ],\n  "d": true\n}'
    const lines = linesOfJson(text)
    expect(Object.fromEntries(lines)).toEqual({
      '': 1,
      a: 2,
      'a.0': 3,
      'a.1': 4,
      'a.1.b': 4,
      'a.1.c': 4,
      d: 6,
    })
  })

  it('of what is not there is that of the nearest thing around it, and null for the whole', () => {
    const lines = linesOfJson('{\n "a": [\n  {}\n ]\n}')
    expect(lineOfPath(lines, 'a.0.name')).toBe(3)
    expect(lineOfPath(lines, 'nothing')).toBeNull()
  })

  it('counts every value of any JSON once, on a line that the text has', () => {
    const keys = fc.string().filter((key) => !key.includes('.') && key !== '')
    const values = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constant(null),
        fc.boolean(),
        fc.integer(),
        fc.string(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(keys, tie('value'), { maxKeys: 3, noNullPrototype: true }),
      ),
    })).value
    const countOf = (value: unknown): number =>
      typeof value === 'object' && value !== null
        ? 1 + Object.values(value).reduce((sum: number, inner) => sum + countOf(inner), 0)
        : 1
    fc.assert(
      fc.property(values, fc.constantFrom(0, 1, 4), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        const lines = linesOfJson(text)
        expect(lines.size).toBe(countOf(value))
        expect(Math.max(...lines.values())).toBeLessThanOrEqual(text.split('\n').length)
      }),
    )
  })
})
