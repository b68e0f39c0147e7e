// Topics of the fleet: each is read as it was made, nothing else is one, and a kiosk speaks for itself alone.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KioskNumber } from '../identifiers.ts'
import {
  fromKiosk,
  hostTopicOf,
  mayPublish,
  maySubscribe,
  readTopic,
  Tenant,
  toKiosk,
  topicOf,
} from './topics.ts'

const tenant = Tenant.parse('north')
const kiosk = KioskNumber.parse('000000000017')
const other = KioskNumber.parse('000000000018')
const all = [...fromKiosk, ...toKiosk]

describe('a topic', () => {
  it('is read as it was made', () => {
    for (const name of all) {
      const read = readTopic(topicOf(tenant, kiosk, name))
      expect(read).toEqual({ kind: 'of a kiosk', tenant, kiosk, name })
    }
    expect(readTopic(hostTopicOf(tenant))).toEqual({ kind: 'of the host', tenant })
  })

  it.each([
    '',
    'k1',
    'k2/north/000000000017/hb',
    'k1/North/000000000017/hb',
    'k1/north/17/hb',
    'k1/north/000000000017/tx',
    'k1/north/000000000017/hb/more',
    'k1/north/000000000017/toString',
    'k1/north/host/hb',
    'k1/north/+/hb',
    '$SYS/broker',
  ])('%j is not ours', (topic) => {
    expect(readTopic(topic)).toEqual({ kind: 'not ours' })
  })

  it('F20: a kiosk publishes what kiosks tell, under its own number alone', () => {
    for (const name of fromKiosk) {
      expect(mayPublish(tenant, kiosk, topicOf(tenant, kiosk, name))).toBe(true)
      expect(mayPublish(tenant, kiosk, topicOf(tenant, other, name))).toBe(false)
      expect(mayPublish(tenant, kiosk, topicOf(Tenant.parse('south'), kiosk, name))).toBe(false)
    }
    for (const name of toKiosk) {
      expect(mayPublish(tenant, kiosk, topicOf(tenant, kiosk, name))).toBe(false)
    }
    expect(mayPublish(tenant, kiosk, hostTopicOf(tenant))).toBe(false)
  })

  it('F20: a kiosk hears what is for it alone, and no wildcard', () => {
    expect(maySubscribe(tenant, kiosk, topicOf(tenant, kiosk, 'cmd'))).toBe(true)
    expect(maySubscribe(tenant, kiosk, hostTopicOf(tenant))).toBe(true)
    const foreign = ['#', '+', 'k1/#', 'k1/north/+/cmd', topicOf(tenant, other, 'cmd')]
    for (const filter of foreign) expect(maySubscribe(tenant, kiosk, filter)).toBe(false)
    fc.assert(
      fc.property(fc.stringMatching(/^[k1/a-z#+0]{0,30}$/), (filter) => {
        expect(maySubscribe(tenant, kiosk, filter)).toBe(false)
      }),
    )
  })
})
