import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Low } from 'lowdb'
import { z } from 'zod'
import { durableJson } from './durable-json.ts'

const schema = z.object({ count: z.int() })
let folder = ''
let path = ''
const unreadable: { problem: string; keptAside: string }[] = []
const adapter = () =>
  durableJson({ path, schema, onUnreadable: (found) => void unreadable.push(found) })

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'durable-'))
  path = join(folder, 'new', 'counters.json')
  unreadable.length = 0
})
afterEach(() => rm(folder, { recursive: true }))

describe('durable JSON', () => {
  it('is nothing before the first write, and afterwards what was written last', async () => {
    expect(await adapter().read()).toBeNull()
    await adapter().write({ count: 1 })
    await adapter().write({ count: 2 })
    expect(await adapter().read()).toEqual({ count: 2 })
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await readdir(join(folder, 'new'))).toEqual(['counters.json'])
  })

  it('does every write in the order of the calls, each with the data of its moment', async () => {
    const data = { count: 0 }
    const file = adapter()
    const writes = [1, 2, 3].map((count) => {
      data.count = count
      return file.write(data)
    })
    await writes[0]
    const first = (await file.read())?.count
    expect(first).toBeGreaterThanOrEqual(1)
    await Promise.all(writes)
    expect(await file.read()).toEqual({ count: 3 })
  })

  it('is what lowdb keeps its data in', async () => {
    const db = new Low(adapter(), { count: 0 })
    await db.update((data) => {
      data.count = 7
    })
    const again = new Low(adapter(), { count: 0 })
    await again.read()
    expect(again.data).toEqual({ count: 7 })
  })

  it.each([
    ['', 'it is not JSON'],
    ['{"count":', 'it is not JSON'],
    ['{"count":1.5}', 'count: found 1.5'],
    ['null', 'the whole: found null'],
  ])(
    'keeps a file that reads %j aside, says why, and goes on without it',
    async (text, problem) => {
      await adapter().write({ count: 1 })
      await writeFile(path, text)
      expect(await adapter().read()).toBeNull()
      expect(unreadable).toEqual([
        { problem: expect.stringContaining(problem), keptAside: 'counters.json.unreadable' },
      ])
      expect(await readFile(`${path}.unreadable`, 'utf8')).toBe(text)
    },
  )

  it('rejects a write that fails and goes on with the next', async () => {
    const file = adapter()
    await file.write({ count: 1 })
    await rm(join(folder, 'new'), { recursive: true })
    await writeFile(join(folder, 'new'), 'a file where the folder should be')
    await expect(file.write({ count: 2 })).rejects.toThrow('E')
    await rm(join(folder, 'new'))
    await file.write({ count: 3 })
    expect(await file.read()).toEqual({ count: 3 })
  })

  it('P1: is the old or the new whole when the program is killed in a write', async () => {
    await adapter().write({ count: 0 })
    const program = `
      import { durableJson } from ${JSON.stringify(join(import.meta.dirname, 'durable-json.ts'))}
      import { z } from 'zod'
      const file = durableJson({ path: ${JSON.stringify(path)}, schema: z.any(), onUnreadable: () => {} })
      for (let count = 1; ; count++) {
        const writing = file.write({ count })
        if (count === 5) setImmediate(() => process.kill(process.pid, 'SIGKILL'))
        await writing
      }`
    const ended = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      cwd: join(import.meta.dirname, '..'),
    })
    expect(ended.signal).toBe('SIGKILL')
    expect([4, 5]).toContain((await adapter().read())?.count)
    expect(unreadable).toEqual([])
  })
})
