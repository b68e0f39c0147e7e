// The list of linked accounts: two forms of it, and never the number of a bank card.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { linkAccounts, readAccounts } from './accounts.ts'
import { openStore } from './store.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wattpoint-front-accounts-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, content: string): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const serial = '57414c5400000001'
const other = '57414c5400000002'
const read = (content: string, name = 'accounts.csv') => readAccounts(file(name, content))

describe('a list of linked accounts', () => {
  it('is the same as CSV and as JSON', () => {
    const accounts = [
      { serial, account: 'tok-8f2a' },
      { serial: other, account: 'tok-11c0' },
    ]
    expect(read(`serial,account\r\n${serial},tok-8f2a\r\n${other}, tok-11c0\r\n`)).toEqual({
      kind: 'accounts',
      accounts,
    })
    expect(read(JSON.stringify(accounts), 'accounts.json')).toEqual({ kind: 'accounts', accounts })
  })

  const refusals: [string, string, string][] = [
    [
      'has the number of a bank card in it',
      `serial,account\n${serial},4111111111111111`,
      'looks like the number of a card',
    ],
    [
      'names a card twice',
      `serial,account\n${serial},tok-1\n${serial},tok-2`,
      'stands there twice',
    ],
    ['has other columns', `card,token\n${serial},tok-1`, 'the first row must be serial,account'],
    ['has a cell too many', `serial,account\n${serial},tok-1,x`, '0: '],
    ['has a serial that is none', 'serial,account\n12,tok-1', '0.serial: must be a card serial'],
  ]
  it.each(refusals)('is refused when it %s', (_, content, problem) => {
    const refused = read(content)
    if (refused.kind === 'accounts') throw new Error('it was taken')
    expect(refused.problems.join('\n')).toContain(problem)
    expect(refused.problems.join('\n')).not.toContain('4111111111111111')
  })

  it('replaces the one before: a card that is not in it has no account any more', async () => {
    const store = await openStore({ kind: 'memory' })
    for (const content of [`${serial},tok-1\n${other},tok-2`, `${other},tok-3`]) {
      const list = read(`serial,account\n${content}`)
      if (list.kind === 'problems') throw new Error(list.problems.join())
      await linkAccounts(store, list.accounts)
    }
    const linked = await store.read.selectFrom('accounts').selectAll().execute()
    expect(linked).toEqual([{ serial: other, account: 'tok-3' }])
    await store.close()
  })
})
