import { describe, expect, it } from 'vitest'
import { commandOf, usage } from './claims-usage.ts'

const config = ['--config', 'centre.json']
const byTwo = ['--by', 'A. Bell', '--and', 'C. Diaz']
const number = '000000000000'

describe('the command line of the claims', () => {
  it.each<[string, string[], object]>([
    ['list', ['list'], { kind: 'list' }],
    ['show', ['show', '0000', '0000', '0000'], { kind: 'show', reference: number }],
    ['verify', ['verify', 'WPC1', 'k=1'], { kind: 'verify', text: 'WPC1 k=1' }],
    [
      'pay to an account',
      ['pay', number, '--to-account', '000000700123', ...byTwo],
      {
        kind: 'pay',
        reference: number,
        to: { kind: 'account', customer: '000000700123' },
        persons: ['A. Bell', 'C. Diaz'],
      },
    ],
    [
      'pay in cash',
      ['pay', number, '--in-cash', ...byTwo],
      { kind: 'pay', reference: number, to: { kind: 'cash' }, persons: ['A. Bell', 'C. Diaz'] },
    ],
  ])('takes %s', (_, args, command) => {
    expect(commandOf([...config, ...args])).toEqual({
      kind: 'arguments',
      config: 'centre.json',
      command,
    })
  })

  it.each<[string, string[], string]>([
    ['no file', ['list'], '--config: found nothing; must name a file'],
    ['no command', config, 'found no command; must be list, show, verify or pay'],
    ['another command', [...config, 'erase'], 'found erase; must be list, show, verify or pay'],
    [
      'a wrong digit',
      [...config, 'show', '0000 0000 0001'],
      'REFERENCE: found 0000 0000 0001; must be the 12 digits on the slip, and one of these is wrong or missing',
    ],
    [
      'one person',
      [...config, 'pay', number, '--in-cash', '--by', 'A. Bell'],
      '--by and --and: must name two persons',
    ],
    [
      'two ways to pay',
      [...config, 'pay', number, '--in-cash', '--to-account', '000000700123', ...byTwo],
      '--to-account: found 000000700123; must be a customer number of 12 digits, or --in-cash alone',
    ],
    [
      'no way to pay',
      [...config, 'pay', number, ...byTwo],
      '--to-account: found nothing; must be a customer number of 12 digits, or --in-cash alone',
    ],
    ['no text', [...config, 'verify'], 'TEXT: found nothing; must be the line of the QR code'],
  ])('with %s says what is wrong', (_, args, problem) => {
    expect(commandOf(args)).toMatchObject({ kind: 'problems', problems: [problem, usage] })
  })
})
