// The bench's folder belongs to one bench at a time, and nothing in it is thrown away that may be somebody else's.
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CannotStart } from './cannot-start.ts'
import { openFolder } from './folder.ts'

describe('the folder of the bench', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'folder-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('is new until a town was made in it', async () => {
    const first = await openFolder(folder)
    expect(first.isNew).toBe(true)
    await writeFile(first.paths.town, 'half a town')
    await first.release()
    const second = await openFolder(folder)
    expect(second.isNew).toBe(true)
    expect(existsSync(second.paths.town)).toBe(false)
    await writeFile(second.paths.town, 'a town')
    second.made()
    await second.release()
    const third = await openFolder(folder)
    expect(third.isNew).toBe(false)
    expect(existsSync(third.paths.town)).toBe(true)
    await third.release()
  })

  it('begins anew when that is asked for', async () => {
    const first = await openFolder(folder)
    await writeFile(first.paths.town, 'a town')
    first.made()
    await first.release()
    const fresh = await openFolder(folder, { fresh: true })
    expect(fresh.isNew).toBe(true)
    expect(existsSync(fresh.paths.town)).toBe(false)
    await fresh.release()
  })

  it('keeps the town of one edition', async () => {
    const first = await openFolder(folder, { edition: 'bank' })
    first.made()
    await first.release()
    await expect(openFolder(folder)).rejects.toThrow('is the town of the edition "bank"')
    const again = await openFolder(folder, { edition: 'bank' })
    expect(again.isNew).toBe(false)
    await again.release()
  })

  it('has one bench at a time', async () => {
    const first = await openFolder(folder)
    await expect(openFolder(folder)).rejects.toThrow('Another bench is running')
    await first.release()
    await (await openFolder(folder)).release()
  })

  it('is never made of a folder with files of somebody else in it', async () => {
    await writeFile(join(folder, 'photograph.jpeg'), '')
    await expect(openFolder(folder, { fresh: true })).rejects.toThrow(CannotStart)
    await expect(openFolder(folder, { fresh: true })).rejects.toThrow(
      'is not a folder of the bench',
    )
    expect(existsSync(join(folder, 'photograph.jpeg'))).toBe(true)
  })
})
