// Style as a test: what the linter cannot hold.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { diagrams } from './diagrams.ts'

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(file))

const source = tracked.filter((file) => /\.(ts|tsx)$/.test(file) && !file.endsWith('.d.ts'))
/** This file names what it looks for. */
const notThis = (file: string) => file !== 'test/tidy.test.ts'
const isTest = (file: string) => /\.test\.tsx?$/.test(file) || file.startsWith('test/')
const text = (file: string) => readFileSync(file, 'utf8')

const linesWith = (files: string[], pattern: RegExp) =>
  files.flatMap((file) =>
    text(file)
      .split('\n')
      .flatMap((line, at) => (pattern.test(line) ? [`${file}:${at + 1}: ${line.trim()}`] : [])),
  )

describe('the house', () => {
  it('has a README in every device folder', () => {
    const devices = readdirSync('drivers', { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    )
    expect(
      devices
        .filter(({ name }) => !existsSync(`drivers/${name}/README.md`))
        .map(({ name }) => name),
    ).toEqual([])
  })

  it('opens every file with a sentence that says what it is for', () => {
    const silent = source.filter((file) => !isTest(file) && !/^(#!.*\n)?\/(\/|\*)/.test(text(file)))
    expect(silent).toEqual([])
  })

  it('leaves nothing to be fixed later', () => {
    // In quotes it is the code of no currency (ISO 4217).
    expect(linesWith(source.filter(notThis), /FIXME|TODO|XXX(?!')/)).toEqual([])
  })

  it.each(diagrams())('has a fresh diagram in $file (npm run diagrams)', ({ file, content }) => {
    expect(readFileSync(file, 'utf8')).toBe(content)
  })

  it('has no barrels', () => {
    expect(source.filter((file) => /(^|\/)index\.tsx?$/.test(file))).toEqual([])
    expect(linesWith(source, /^export (type )?(\{[^}]*\}|\*) from /)).toEqual([])
  })

  it('never narrows or skips a test by name', () => {
    expect(linesWith(source.filter(isTest), /\b(it|test|describe)\.only\(/)).toEqual([])
  })

  it('takes time and chance by the front door', () => {
    const ownTime =
      /^(kiosk\/(clock|main|main\.bench)\.ts|kiosk\/bench\/|centre\/(authority-|boxes-|claims-|alarms-|commands-|console-|staff-|reconciliation\/)?main\.ts|front\/main\.ts|drivers\/|ui\/|provisioning\/)/
    const inside = source.filter((file) => !isTest(file) && !ownTime.test(file))
    expect(
      linesWith(
        inside,
        /Date\.now\(\)|new Date\(\)|Math\.random\(\)|\bsetTimeout\(|\bsetInterval\(/,
      ),
    ).toEqual([])
  })

  it('names no machine of ours', () => {
    const files = tracked.filter(
      (file) => /\.(ts|tsx|md|sh|json|html|css)$/.test(file) && file !== 'package-lock.json',
    )
    const paths = /(^|[^a-z.])\/(work|root|home|farm)\//
    expect(linesWith(files.filter(notThis), paths)).toEqual([])
  })
})
