// What of the project a kiosk runs: from its programs along their imports, and the packages that these name.
import { existsSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, relative } from 'node:path'

/** The programs that are started on a kiosk. */
export const programs = [
  'kiosk/main.ts',
  'kiosk/enrolment/main.ts',
  'kiosk/service/person-main.ts',
  'provisioning/kiosk/main.ts',
  'provisioning/updater/main.ts',
]

export type Closure = {
  /** Paths from the project, sorted. */
  files: string[]
  /** Names of packages, sorted. */
  packages: string[]
}

const builtin = new Set(builtinModules)
/** Imports of types alone are gone when the program runs. */
const specifiers =
  /(?:^|\n)\s*(?:import|export)\s+(?!type\b)(?:[^'"]*?\sfrom\s+)?'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|\brequire\(\s*'([^']+)'\s*\)/g

/** Throws when a file that is imported is not there. */
export const closureOf = (project: string, from: readonly string[] = programs): Closure => {
  const files = new Set<string>()
  const packages = new Set<string>()
  const waiting = [...from]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (files.has(path)) continue
    if (!existsSync(join(project, path))) throw new Error(`${path} is imported and not there`)
    files.add(path)
    if (!/\.[cm]?[jt]sx?$/.test(path)) continue
    for (const named of importsIn(readFileSync(join(project, path), 'utf8'))) {
      if (named.startsWith('.')) {
        waiting.push(relative(project, join(project, dirname(path), named)))
      } else if (!named.startsWith('node:') && !builtin.has(named)) {
        packages.add(packageOf(named))
      }
    }
  }
  return { files: [...files].toSorted(), packages: [...packages].toSorted() }
}

export const importsIn = (text: string): string[] =>
  [...text.matchAll(specifiers)].flatMap((found) => found[1] ?? found[2] ?? found[3] ?? [])

/** `@napi-rs/canvas/load` is a part of `@napi-rs/canvas`. */
const packageOf = (named: string): string =>
  named
    .split('/')
    .slice(0, named.startsWith('@') ? 2 : 1)
    .join('/')
