// Random sales with random faults on PostgreSQL, the short form: the whole suite of the centre is `npm run test:postgres`.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../centre/store.ts'
import { randomSales } from '../random-sales.ts'
import { templateVariable } from './placed.ts'
import { programsOfPostgresql, startPostgres, type PostgresServer } from './server.ts'

const visits = 25

describe.skipIf(programsOfPostgresql() === null)('P3 P5: random sales on PostgreSQL', () => {
  let server: PostgresServer
  let before: string | undefined
  beforeAll(async () => {
    server = await startPostgres()
    const url = await server.create('made')
    await (await openStore({ kind: 'postgresql', url })).close()
    before = process.env[templateVariable]
    process.env[templateVariable] = url
  })
  afterAll(async () => {
    if (before === undefined) delete process.env[templateVariable]
    else process.env[templateVariable] = before
    await server.stop()
  })

  it('lose nothing and double nothing', async () => {
    const { flaws, sold } = await randomSales({ seed: 1, visits })
    expect(flaws).toEqual([])
    expect(sold).toBeGreaterThan(0)
  }, 300_000)
})
