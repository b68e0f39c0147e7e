// `npm run screenshots`: every view of the gallery in three languages and both orientations, as pictures and as contact
// sheets, in `test/screenshots/out`. Words after it choose: `npm run screenshots -- ar landscape mishap`.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { languages, type Language } from '../../domain/language.ts'
import { gallery } from '../screen-gallery.ts'
import { servicePages, serviceWords } from '../service-gallery.ts'
import { setupPages } from '../setup-gallery.ts'
import { orientations, setStage, type Orientation } from './stage.ts'

const out = resolve('test/screenshots/out')
const words = process.argv.slice(2)
const chosen = <Value extends string>(all: readonly Value[]): Value[] => {
  const named = all.filter((value) => words.includes(value))
  return named.length === 0 ? [...all] : named
}
const directions = Object.keys(orientations) as Orientation[]
const names = words.filter(
  (word) => ![...languages, ...directions].some((known) => known === word) && word !== '--',
)
const named = <Picture extends { name: string }>(pictures: readonly Picture[]): Picture[] =>
  pictures.filter(({ name }) => names.length === 0 || names.some((part) => name.startsWith(part)))
const pages = [
  { page: 'kiosk', views: named([...gallery, ...servicePages, ...serviceWords]) },
  { page: 'setup', views: named(setupPages) },
] as const

const fileName = (name: string): string => name.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase()

/** Small pictures in rows, so that one look sees a language whole. */
const contactSheets = async (language: Language, orientation: Orientation): Promise<void> => {
  const folder = `${out}/${language}-${orientation}`
  const files = readdirSync(folder).sort()
  const { width, height } = orientations[orientation]
  const [columns, rows] = orientation === 'portrait' ? [8, 2] : [4, 4]
  const cellWidth = Math.floor(2000 / columns)
  const cellHeight = Math.round((cellWidth * height) / width)
  for (let first = 0, sheet = 1; first < files.length; first += columns * rows, sheet++) {
    const some = files.slice(first, first + columns * rows)
    const canvas = createCanvas(columns * cellWidth, rows * (cellHeight + 10))
    const context = canvas.getContext('2d')
    context.fillStyle = '#888'
    context.fillRect(0, 0, canvas.width, canvas.height)
    for (const [at, file] of some.entries()) {
      const picture = await loadImage(`${folder}/${file}`)
      const [column, row] = [at % columns, Math.floor(at / columns)]
      context.drawImage(
        picture,
        column * cellWidth + 4,
        row * (cellHeight + 10) + 4,
        cellWidth - 8,
        cellHeight,
      )
    }
    writeFileSync(
      `${out}/sheet-${language}-${orientation}-${sheet}.png`,
      await canvas.encode('png'),
    )
  }
}

const stage = await setStage()
try {
  if (words.length === 0) rmSync(out, { recursive: true, force: true })
  let count = 0
  for (const orientation of chosen(directions)) {
    await stage.turn(orientation)
    for (const language of chosen(languages)) {
      const folder = `${out}/${language}-${orientation}`
      if (names.length > 0) rmSync(folder, { recursive: true, force: true })
      mkdirSync(folder, { recursive: true })
      let at = 0
      for (const { page, views } of pages) {
        await stage.open(page)
        for (const { name, view } of views) {
          await stage.show({ ...view, language })
          const path = `${folder}/${String(at).padStart(3, '0')}-${fileName(name)}.png`
          await stage.page.screenshot({ path })
          at += 1
          count += 1
        }
      }
      await contactSheets(language, orientation)
    }
  }
  console.log(`${count} pictures in test/screenshots/out, and contact sheets beside them`)
} finally {
  await stage.close()
}
