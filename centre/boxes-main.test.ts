// The office's command for cash boxes as a program of its own, beside a centre that runs on the same database.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { minor } from '../domain/money.ts'
import { PersonNumber } from '../domain/service/person.ts'
import { centreKit } from '../test/centre-kit.ts'

it('the office lists the boxes that wait, and counts each once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wattpoint-boxes-main-'))
  const place = { kind: 'file', path: join(folder, 'data', 'centre.sqlite') } as const
  const kit = await centreKit({ place })
  const config = join(folder, 'centre.json')
  const content = {
    dataFolder: 'data',
    listen: { host: '127.0.0.1', port: 0 },
    keys: { file: 'keys.json', bench: true },
    policy: kit.town.policy,
    log: 'info',
  }
  writeFileSync(config, JSON.stringify(content))
  writeFileSync(join(folder, 'keys.json'), JSON.stringify(kit.town.keyFile))
  const exchange = kit.ids.exchange()
  await kit.store().transact((work) =>
    work
      .insertInto('box_exchanges')
      .values({
        exchange,
        kiosk: kit.kiosk().number,
        period: 1,
        state: 'exchanged',
        person: PersonNumber.parse('4711'),
        expected: '[]',
        by_notes: '[]',
        unknown_value: 0,
        accuracy: 'accurate',
        box: '412',
        seal: '7719',
        moved: minor(0),
      })
      .execute(),
  )
  const boxes = (...args: string[]) =>
    new Promise<string>((resolve) => {
      const all = ['centre/boxes-main.ts', '--config', config, ...args]
      execFile(process.execPath, all, (_, said, wrong) => resolve(said + wrong))
    })
  expect(await boxes()).toMatch(new RegExp(`${exchange} .* box 412 .* seal 7719 .* sealed`))
  const count = ['--exchange', exchange, '--counted', '50:1', '--by', 'A. Bell']
  expect(await boxes(...count)).toContain('It differs: 50.00 is booked as a cash difference.')
  expect(await boxes(...count)).toContain('Nothing was changed.')
  expect(await boxes()).toBe('No cash box is waiting to be counted.\n')
  expect(await kit.flaws()).toEqual([])
  await kit.close()
  rmSync(folder, { recursive: true })
})
