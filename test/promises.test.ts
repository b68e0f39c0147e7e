// docs/promises.md names only tests and commands that are there, and every promise has both.
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }

const text = readFileSync('docs/promises.md', 'utf8')
const sections = text
  .split(/^## (?=P\d)/m)
  .slice(1)
  .map((section) => section.split(/^## /m)[0] ?? '')
const promises = sections.map((section) => ({
  number: section.slice(0, 2),
  tests: [...section.matchAll(/^- `(\S+\.test\.tsx?)`: "(.+)"$/gm)].map(([, file, title]) => ({
    file: file ?? '',
    title: title ?? '',
  })),
  commands: [...section.matchAll(/`npm run ([\w:-]+)`/g)].map(([, name]) => name ?? ''),
}))

it('there are seven promises, each with tests and a command', () => {
  expect(promises.map(({ number }) => number)).toEqual(['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7'])
  for (const { number, tests, commands } of promises) {
    expect(tests.length, number).toBeGreaterThan(3)
    expect(commands.length, number).toBeGreaterThan(0)
  }
})

describe.each(promises)('what $number names', ({ number, tests }) => {
  it.each(tests)('is there: $file, $title', ({ file, title }) => {
    expect(existsSync(file), file).toBe(true)
    const source = readFileSync(file, 'utf8')
    // The line of the title in the test: one that speaks of this promise.
    const line = source.split('\n').find((each) => each.includes(title))
    expect(line, `${file} has no test "${title}"`).toBeDefined()
    expect(line, `the title does not carry ${number}`).toContain(number)
  })
})

it('every command that is named is there', () => {
  const named = [...text.matchAll(/`npm (?:run )?([\w:-]+)`/g)].map(([, name]) => name ?? '')
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter((name) => !(name in packageJson.scripts))).toEqual([])
})
