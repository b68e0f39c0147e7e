import { assert, infiniteStream, property, uint8Array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../../../domain/power-card/bytes.ts'
import { begin, follow, mostFollowUps, type Followed } from './exchange.ts'
import { protocolT0, protocolT1, type Protocol } from './service.ts'

/** Plays hex pairs like the transcripts of power-card.md 15.4: what is sent, what comes back. */
const play = (command: string, replies: string[], protocol: Protocol = protocolT0) => {
  const sent: string[] = []
  let exchange = begin(fromHex(command), protocol)
  let followed: Followed = { kind: 'send', exchange }
  for (const reply of replies) {
    if (followed.kind !== 'send') throw new Error(`not asked for any more: ${reply}`)
    ;({ exchange } = followed)
    sent.push(toHex(exchange.sent))
    followed = follow(exchange, fromHex(reply))
  }
  return { sent, end: followed }
}

const answered = (data: string, statusWord: number) => ({
  kind: 'answered',
  data: fromHex(data),
  statusWord,
})

describe('one command and what follows from its answers', () => {
  it.each([
    // what, command, replies, everything sent, data, status word
    ['an answer at once', '0084000008', ['b0b1b2b39000'], [], 'b0b1b2b3', 0x9000],
    ['no data', '04d6850010', ['9000'], [], '', 0x9000],
    ['a refusal', '00b0810000', ['6b00'], [], '', 0x6b00],
    ['61xx', '00a40400021234', ['6103', 'aabbcc9000'], ['00c0000003'], 'aabbcc', 0x9000],
    ['6100 = 256 bytes', '00a40400021234', ['6100', 'aa9000'], ['00c0000000'], 'aa', 0x9000],
    ['6Cxx', '00b0810000', ['6c3c', 'aa9000'], ['00b081003c'], 'aa', 0x9000],
    [
      '61xx whose GET RESPONSE is answered 6Cxx',
      '00a40400021234',
      ['6108', '6c02', 'aabb9000'],
      ['00c0000008', '00c0000002'],
      'aabb',
      0x9000,
    ],
    [
      'an answer in two pieces',
      '00a40400021234',
      ['6102', 'aabb6101', 'cc9000'],
      ['00c0000002', '00c0000001'],
      'aabbcc',
      0x9000,
    ],
    [
      '6Cxx to a command without data or Le',
      '00840000',
      ['6c08', 'aa9000'],
      ['0084000008'],
      'aa',
      0x9000,
    ],
  ])('follows %s', (_what, command, replies, further, data, statusWord) => {
    expect(play(command, replies)).toEqual({
      sent: [command, ...further],
      end: answered(data, statusWord),
    })
  })

  it('asks for another length once, not twice', () => {
    const { sent, end } = play('00b0810000', ['6c3c', '6c28'])
    expect(sent).toHaveLength(2)
    expect(end).toEqual(answered('', 0x6c28))
  })

  it('does not follow a card that says 61xx for ever', () => {
    const { end } = play(
      '00a40400021234',
      Array.from({ length: mostFollowUps + 1 }, () => '6110'),
    )
    expect(end).toEqual(answered('', 0x6110))
  })

  it.each(['', '90'])('does not know what became of a command answered "%s"', (reply) => {
    expect(play('04d685001000', [reply]).end).toEqual({ kind: 'unknown' })
  })

  it('comes to an end with any card, in a few commands', () => {
    const bytes = uint8Array({ maxLength: 258 })
    assert(
      property(bytes, infiniteStream(bytes), (command, replies) => {
        let followed: Followed = { kind: 'send', exchange: begin(command, protocolT0) }
        for (let sent = 0; followed.kind === 'send'; sent++) {
          expect(sent).toBeLessThanOrEqual(mostFollowUps)
          followed = follow(followed.exchange, replies.next().value)
        }
      }),
    )
  })

  it('leaves out Le after data in T=0 and keeps it in T=1', () => {
    const command = '0088000102a0a110'
    expect(play(command, ['9000']).sent).toEqual(['0088000102a0a1'])
    expect(play(command, ['9000'], protocolT1).sent).toEqual([command])
  })

  it('puts the right Le where a wrong one was, after data too', () => {
    const { sent } = play('0088000102a0a108', ['6c10', '9000'], protocolT1)
    expect(sent[1]).toBe('0088000102a0a110')
  })
})
