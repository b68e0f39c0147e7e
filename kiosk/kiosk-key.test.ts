import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openKioskKey } from './kiosk-key.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kiosk-key-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the key of a kiosk', () => {
  it('is made at the first start, for the kiosk alone to read, and is the same ever after', async () => {
    const first = await openKioskKey(folder)
    expect(readdirSync(folder)).toEqual(['kiosk-key.pem'])
    expect(statSync(join(folder, 'kiosk-key.pem')).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(folder, 'kiosk-key.pem'), 'utf8')).toContain('PRIVATE KEY')
    const again = await openKioskKey(folder)
    expect(again.publicKey).toBe(first.publicKey)
    expect(again.sign('a claim')).toBe(first.sign('a claim'))
  })

  it('that cannot be read is never replaced by another', async () => {
    const path = join(folder, 'kiosk-key.pem')
    writeFileSync(path, 'torn')
    await expect(openKioskKey(folder)).rejects.toThrow()
    expect(readFileSync(path, 'utf8')).toBe('torn')
  })
})
