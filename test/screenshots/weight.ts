// What a kiosk loads before its first screen, compressed as it lies on a disk or goes over a line.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { languages, type Language } from '../../domain/language.ts'

export type Weights = {
  /** Files that the page names for every language. */
  named: number
  /** With the words of one language: how many files those words are (one), and kB in all. */
  ofLanguage: Record<Language, { files: number; kB: number }>
}

/** Of the pages built into this folder. */
export const weightsOf = (builtIn: string): Weights => {
  const html = readFileSync(join(builtIn, 'kiosk/index.html'), 'utf8')
  const named = [...html.matchAll(/(?:src|href)="\.\.\/(assets\/[^"]+)"/g)].map(
    ([, file]) => file ?? '',
  )
  const assets = readdirSync(join(builtIn, 'assets')).map((file) => `assets/${file}`)
  const kBOf = (files: readonly string[]): number =>
    files.reduce((sum, file) => sum + gzipSync(readFileSync(join(builtIn, file))).length, 0) / 1000
  const weighed = languages.map((language) => {
    const words = assets.filter(
      (file) => file.startsWith(`assets/${language}-`) && file.endsWith('.js'),
    )
    return [language, { files: words.length, kB: kBOf([...named, ...words]) }] as const
  })
  return {
    named: named.length,
    ofLanguage: Object.fromEntries(weighed) as Weights['ofLanguage'],
  }
}
