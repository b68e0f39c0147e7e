// A wrong configuration does not start: it names the key, what was found and what is allowed.
import { describe, expect, it } from 'vitest'
import { checkConfig } from '../domain/config-problems.ts'
import exampleConfig from '../provisioning/front.config.example.json' with { type: 'json' }
import { FrontConfig, readConfig } from './config.ts'
import { policyOf } from './means.ts'

const problemsOf = (change: (config: typeof exampleConfig) => unknown): string[] => {
  const checked = checkConfig(FrontConfig, change(structuredClone(exampleConfig)))
  return checked.kind === 'problems' ? checked.problems : []
}

describe('the configuration', () => {
  it('of the example is right, and its files stand beside it', () => {
    const read = readConfig('provisioning/front.config.example.json')
    if (read.kind === 'problems') throw new Error(read.problems.join('\n'))
    expect(read.config.bank.tls?.key).toMatch(/^\/.+\/var\/front\/front-key\.pem$/)
    expect(policyOf(read.config).terminals.size).toBe(2)
  })

  const wrong: [string, (config: typeof exampleConfig) => unknown, string][] = [
    [
      'a terminal twice',
      (config) => ({ ...config, terminals: [...config.terminals, config.terminals[0]] }),
      'must name each kiosk once',
    ],
    [
      'a name no field 41 can hold',
      (config) => ({ ...config, bank: { ...config.bank, terminal: 'No 1, "A"' } }),
      'bank.terminal: found "No 1, \\"A\\""; must be 1 to 20 letters, digits or -',
    ],
    [
      'a channel nobody has',
      (config) => ({ ...config, terminals: [{ ...config.terminals[0], channel: 'web' }] }),
      'terminals.0.channel: found "web"; must be "kiosk" or "counter"',
    ],
    [
      'a time that is none',
      (config) => ({ ...config, businessDay: { ...config.businessDay, cutOver: '24:00' } }),
      'businessDay.cutOver: found "24:00"; must be a time such as 23:00',
    ],
    [
      'kiosks elsewhere and no TLS',
      (config) => ({ ...config, tls: null }),
      'tls: found null; must be there while "listen.host" is not this machine: money goes over TLS',
    ],
    [
      'a centre without TLS',
      (config) => ({ ...config, centre: { url: 'http://127.0.0.1:8020' } }),
      'centre.url: found "http://127.0.0.1:8020"; must be an https:// address while "tls" is there',
    ],
    [
      'a misspelt key',
      (config) => ({ ...config, acounts: 'x' }),
      'the configuration: "acounts" is not a key; did you mean "accounts"?',
    ],
  ]
  it.each(wrong)('with %s says so', (_, change, problem) => {
    expect(problemsOf(change).join('\n')).toContain(problem)
  })
})
