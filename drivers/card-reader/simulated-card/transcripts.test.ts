// K2: the transcripts of power-card.md 15.4 to 15.6 and 15.8, byte for byte, in T=0 and T=1.
import { describe, expect, it, test } from 'vitest'
import { fromHex, toHex } from '../../../domain/power-card/bytes.ts'
import { cardKeysOf } from '../../../domain/power-card/keys.ts'
import {
  meterSession,
  officeSession,
  secureAll,
  update,
  clearWriteBack,
  appendRecord,
} from '../../../domain/power-card/sessions.ts'
import {
  publishedFiles,
  publishedIssuing,
  publishedMasters,
  publishedMeterWrites,
  publishedOpening,
  publishedScript,
  publishedSerial,
  publishedStandby,
  publishedUndo,
  run,
} from '../../../domain/power-card/vectors.ts'
import { simulatedCard, type SimulatedCard } from './simulated-card.ts'
import { publishedCard, publishedNewCard } from './published.ts'

const select = '00a404000af050504d532e454c4331'
const { fci, ef01, ef02Before, ef02Sale, ef05Before, record } = publishedFiles

/** Lines as the specification prints them: `> to the card`, `< from the card`. */
const play = (card: SimulatedCard, transcript: string): void => {
  const lines = transcript.split('\n').map((line) => line.trim())
  const expected = lines.filter((line) => line !== '')
  const spoken = expected
    .filter((line) => line.startsWith('> '))
    .flatMap((line) => [line, `< ${toHex(card.transmit(fromHex(line.slice(2))))}`])
  expect(spoken).toEqual(expected)
}

/** An answer with all its data, however the protocol hands it out. */
const fetched = (card: SimulatedCard, command: string): string => {
  const answer = toHex(card.transmit(fromHex(command)))
  const held = /^61(..)$/.exec(answer)
  return held === null ? answer : toHex(card.transmit(fromHex(`00c00000${held[1]}`)))
}

const poweredCard = (state = publishedCard(), from = 0xb0): SimulatedCard => {
  const card = simulatedCard({ state, random: () => run(from) })
  card.powerUp()
  return card
}

const look = `
> ${select}
< 612c
> 00c000002c
< ${fci}9000
> 00b0810000
< 6c3c
> 00b081003c
< ${ef01}9000
> 00b0820028
< ${ef02Before}9000
> 00b0850080
< ${ef05Before}9000
> 00b2013420
< ${record}9000
> 00b2023420
< 6a83
> 0088000108a0a1a2a3a4a5a6a7
< 6110
> 00c0000010
< 040d8c1bbb69867ea6e6e3a5583f0e569000
> 04b0820008a0a1a2a3a4a5a6a7
< 6130
> 00c0000030
< ${ef02Before}a8eb86d0d924cb559000
> 04b0850008a0a1a2a3a4a5a6a7
< 6188
> 00c0000088
< ${ef05Before}2c0709d5d9ada4049000
`

const sale = `
> 0084000008
< b0b1b2b3b4b5b6b79000
> ${publishedScript.authenticate}
< 9000
> ${publishedScript.clear}
< 9000
> ${publishedScript.append}
< 9000
> ${publishedScript.commit}
< 9000
`

const proofOfLoad = `
> 04b0820008d0d1d2d3d4d5d6d7
< 6130
> 00c0000030
< ${ef02Sale}91fadfef78e31ec49000
`

const undo = `
> ${publishedUndo.append}
< 9000
> ${publishedUndo.commit}
< 9000
> 00a4040c0af050504d532e454c4331
< 9000
> 04b0820008d8d9dadbdcdddedf
< 6130
> 00c0000030
< ${ef02Before}29cfb9bee6f5ad689000
`

const issuing = `
> 0084000008
< 90919293949596979000
> ${publishedIssuing.authenticate}
< 9000
> ${publishedIssuing.keys}
< 9000
> ${publishedIssuing.append}
< 9000
> ${publishedIssuing.ef02}
< 9000
> ${publishedIssuing.ef01}
< 9000
`

describe('K2 in T=0', () => {
  test('15.4: sale', () => {
    const card = poweredCard()
    expect(toHex(card.atr())).toBe(publishedFiles.atrT0)
    play(card, look + sale + proofOfLoad)
    expect(card.state().files[2]).toBe(ef02Sale)
    expect(card.state().files[5]).toBe('00'.repeat(8) + ef05Before.slice(16))
    expect(card.state().journal).toEqual([publishedScript.append.slice(10, 74), record])
  })

  test('15.4: the same content read in a later insertion', () => {
    const card = poweredCard()
    play(card, look + sale)
    card.reset()
    play(
      card,
      `
      > ${select}
      < 612c
      > 04b0820008d0d1d2d3d4d5d6d7
      < 6130
      > 00c0000030
      < ${ef02Sale}1654f36cf62af0549000
      `,
    )
  })

  test('15.5: undo', () => {
    const card = poweredCard()
    play(card, look + sale + proofOfLoad + undo)
    expect(card.state().journal).toEqual([
      publishedUndo.append.slice(10, 74),
      publishedScript.append.slice(10, 74),
      record,
    ])
  })

  test('15.8: issuing', () => {
    const card = poweredCard(publishedNewCard(), 0x90)
    play(
      card,
      `
      > ${select}
      < 612c
      > 00c000002c
      < ${publishedOpening.fciUnissued}9000
      > 00b081003c
      < 6b00
      ${issuing}
      > 04b08100082021222324252627
      < 6144
      > 00c0000044
      < ${publishedOpening.ef01}79f0075eaa76f9f29000
      `,
    )
    play(
      card,
      `
      > ${select}
      < 612c
      > 00c000002c
      < ${fci}9000
      > 0084000008
      < 90919293949596979000
      > 008200041098999a9b9c9d9e9fcca3c4496683688f
      < 9000
      > 042c000308315f38468e9eaad5
      < 9000
      `,
    )
  })
})

describe('K2 in T=1', () => {
  test('15.4, 15.5: with Le the data come at once', () => {
    const card = poweredCard(publishedCard('T=1'))
    expect(toHex(card.atr())).toBe(publishedFiles.atrT1)
    play(
      card,
      `
      > ${select}00
      < ${fci}9000
      > 00b0810000
      < ${ef01}9000
      > 00b0820028
      < ${ef02Before}9000
      > 00b0850000
      < ${ef05Before}9000
      > 00b2013400
      < ${record}9000
      > 00b2023400
      < 6a83
      > 0088000108a0a1a2a3a4a5a6a700
      < 040d8c1bbb69867ea6e6e3a5583f0e569000
      > 04b0820008a0a1a2a3a4a5a6a700
      < ${ef02Before}a8eb86d0d924cb559000
      > 04b0850008a0a1a2a3a4a5a6a788
      < ${ef05Before}2c0709d5d9ada4049000
      ${sale.replace('0084000008', '0084000000')}
      > 04b0820008d0d1d2d3d4d5d6d700
      < ${ef02Sale}91fadfef78e31ec49000
      ${undo.replace('dedf\n< 6130\n> 00c0000030', 'dedf00')}
      `,
    )
  })

  test('15.4, 15.5: without Le they are held, as in T=0', () => {
    const card = poweredCard(publishedCard('T=1'))
    const asInT0 = look.replace('> 00b0810000\n< 6c3c\n', '')
    play(card, asInT0 + sale + proofOfLoad + undo)
  })

  test('15.8: issuing', () => {
    const card = poweredCard(publishedNewCard('T=1'), 0x90)
    play(
      card,
      `
      > ${select}00
      < ${publishedOpening.fciUnissued}9000
      > 00b081003c
      < 6b00
      ${issuing}
      > 04b0810008202122232425262700
      < ${publishedOpening.ef01}79f0075eaa76f9f29000
      > ${select}00
      < ${fci}9000
      `,
    )
  })
})

describe.each(['T=0', 'T=1'] as const)('K2 in %s', (protocol) => {
  const keys = cardKeysOf(publishedMasters, { serial: fromHex(publishedSerial), keyVersion: 1 })
  const serial = fromHex(publishedSerial)

  test('15.6: a script with standby prices', () => {
    const card = poweredCard(publishedCard(protocol))
    card.transmit(fromHex(select))
    card.transmit(fromHex('0084000008'))
    const office = officeSession(keys, { challenge: run(0xb0), random: run(0xc0), serial })
    const script = secureAll(
      [
        update(1, fromHex(publishedStandby.ef01)),
        update(4, fromHex(publishedStandby.ef04)),
        clearWriteBack,
        appendRecord(fromHex(publishedScript.append.slice(10, 74))),
        update(2, fromHex(ef02Sale)),
      ],
      office,
    )
    // That these bytes are the published ones is held in domain/power-card/crypto.test.ts.
    for (const command of [office.authenticate, ...script]) {
      expect(toHex(card.transmit(command))).toBe('9000')
    }
    const { files } = card.state()
    expect([files[1], files[2], files[4]]).toEqual([
      publishedStandby.ef01,
      ef02Sale,
      publishedStandby.ef04,
    ])
  })

  test('15.7: what a meter reads and writes after the sale', () => {
    const card = poweredCard(publishedCard(protocol))
    card.transmit(fromHex(select))
    play(card, sale)
    card.powerDown()
    const later = poweredCard(card.state(), 0xe0)
    const { ef05After, record: credited } = publishedMeterWrites
    const cleared = '00'.repeat(8) + ef05Before.slice(16)
    const meter = meterSession(keys, { challenge: run(0xe0), random: run(0xf0), serial })
    const le = protocol === 'T=1' ? '00' : ''
    later.transmit(fromHex(select))
    play(later, '> 0084000008\n< e0e1e2e3e4e5e6e79000')
    expect(toHex(later.transmit(meter.authenticate))).toBe('9000')
    const read = (command: string): string => fetched(later, command + le)
    expect(read('04b08100083031323334353637')).toBe(`${ef01}a1c038f5129aee4d9000`)
    expect(read('04b08200084041424344454647')).toBe(`${ef02Sale}9d633220b107b9ef9000`)
    expect(read('04b08500085051525354555657')).toBe(`${cleared}66a94eb080f0b1cb9000`)
    play(
      later,
      `
      > 04d6850088${ef05After}26887bc723cc1eed
      < 9000
      > 04e2003028${credited}ce1446a5560a1c4a
      < 9000
      `,
    )
    expect(later.state().files[5]).toBe(ef05After)
    expect(later.state().journal[0]).toBe(credited)
  })
})

describe('the journal', () => {
  it('keeps the newest eight records, the newest first', () => {
    const card = poweredCard()
    card.transmit(fromHex(select))
    card.transmit(fromHex('0084000008'))
    const serial = fromHex(publishedSerial)
    const keys = cardKeysOf(publishedMasters, { serial, keyVersion: 1 })
    const office = officeSession(keys, { challenge: run(0xb0), random: run(0xc0), serial })
    card.transmit(office.authenticate)
    const records = Array.from({ length: 10 }, (_, at) => new Uint8Array(32).fill(at + 1))
    for (const command of secureAll(records.map(appendRecord), office)) {
      expect(toHex(card.transmit(command))).toBe('9000')
    }
    expect(toHex(card.transmit(fromHex('00b2013420')))).toBe(`${'0a'.repeat(32)}9000`)
    expect(toHex(card.transmit(fromHex('00b2083420')))).toBe(`${'03'.repeat(32)}9000`)
    expect(toHex(card.transmit(fromHex('00b2093420')))).toBe('6a83')
  })
})
