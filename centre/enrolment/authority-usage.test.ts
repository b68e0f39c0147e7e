import { describe, expect, test } from 'vitest'
import { authorityCommandOf } from './authority-usage.ts'

const asked = (...args: string[]) => authorityCommandOf(['--config', 'c.json', ...args])
const kiosk = { role: 'kiosk', kiosk: '000000000101' }

describe('the command line of the authority', () => {
  test('makes a code for a kiosk, for a day', () => {
    expect(asked('code', '--kiosk', '000000000101')).toEqual({
      kind: 'arguments',
      config: 'c.json',
      command: { kind: 'code', holder: kiosk, hosts: [], lifeMs: 24 * 3_600_000 },
    })
  })

  test('makes one for a front machine, with every host it is reached by', () => {
    const args = [
      '--front',
      'bank',
      '--host',
      'front.example',
      '--host',
      '10.0.0.7',
      '--hours',
      '2',
    ]
    expect(asked('code', ...args)).toMatchObject({
      command: {
        holder: { role: 'front', front: 'bank' },
        hosts: ['front.example', '10.0.0.7'],
        lifeMs: 2 * 3_600_000,
      },
    })
  })

  test.each([
    [['code'], '--kiosk or --front: must name one machine'],
    [['code', '--kiosk', '101'], '--kiosk: found 101; must be a kiosk number: 12 digits'],
    [
      ['code', '--front', 'bank'],
      '--host: found nothing; must name where kiosks reach the front machine',
    ],
    [['code', '--kiosk', '000000000101', '--host', 'a'], '--host: only a front machine has hosts'],
    [
      ['code', '--kiosk', '000000000101', '--hours', '0'],
      '--hours: found 0; must be a number from 1 to 336',
    ],
    [['revoke', '--kiosk', '000000000101'], '--why: must say in a few words why'],
    [['sign'], 'found sign; must be init, code, list or revoke'],
  ])('%j is refused', (args, problem) => {
    expect(asked(...args)).toMatchObject({
      kind: 'problems',
      problems: [problem, expect.any(String)],
    })
  })
})
