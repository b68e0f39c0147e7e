import { open } from 'node:fs/promises'
import { afterEach, expect, it } from 'vitest'
import type { JournalFile } from '../../kiosk/journal.ts'
import { inService } from '../customer.ts'
import { kioskInABox, type KioskInABox } from '../kiosk-in-a-box.ts'

let box: KioskInABox
afterEach(() => box.close())

it('a kiosk that finds its journal broken while nobody is there invites nobody', async () => {
  let broken = false
  box = await kioskInABox({
    journal: {
      openFile: async (path): Promise<JournalFile> => {
        const file = await open(path, 'a+', 0o600)
        const datasync = file.datasync.bind(file)
        return Object.assign(file, {
          datasync: () => (broken ? Promise.reject(new Error('EIO')) : datasync()),
        })
      },
    },
  })
  await inService(box)
  broken = true
  // The first that has to be journalled: a fault of a device.
  box.notes.jam('safe')
  const { why } = await box.screen('out of service')
  expect(why).toBe('journal')
  box.insert('plain-sale')
  await box.pass(3_000)
  expect(box.view().screen.kind).toBe('out of service')
})
