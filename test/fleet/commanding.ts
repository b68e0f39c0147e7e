// The office's key in a test, commands signed with it, and a kiosk's hands that note what they were asked to do.
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { signedCommand, type CommandKey } from '../../domain/fleet/commands.ts'
import type { CommandBody, CommandMessage } from '../../domain/fleet/host-messages.ts'
import type { Operation } from '../../domain/fleet/operations.ts'
import type { KioskNumber } from '../../domain/identifiers.ts'
import type { Clock } from '../../kiosk/clock.ts'
import type { KioskHands } from '../../kiosk/fleet/commands/hands.ts'

export const passingCommandKey = (kid = 'office') => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const publicKey = createPublicKey(privateKey).export({ format: 'jwk' }).x ?? ''
  const key: CommandKey = { kid, publicKey }
  return { key, kid, sign: (text: string) => sign(null, Buffer.from(text, 'utf8'), privateKey) }
}
export type TestKey = ReturnType<typeof passingCommandKey>

/** Commands as an operator orders them: good for half an hour from now. */
export const ordering = (of: {
  key: TestKey
  kiosk: KioskNumber
  clock: Pick<Clock, 'now' | 'ids'>
}) => {
  const { key, kiosk, clock } = of
  return (
    operation: Operation | { op: string; args: Record<string, unknown> },
    more: Partial<CommandBody> = {},
  ): { id: string; message: CommandMessage } => {
    const now = clock.now()
    const id = clock.ids.request()
    const when = 'now' as const
    const body = { id, kiosk, ...operation, nbf: now, exp: now + 1_800_000, when, ...more }
    return { id: body.id, message: signedCommand(body, key) }
  }
}

/** Nobody is served unless `now.isIdle` is set to false; `becomeIdle` wakes whoever waits. `asked` goes on over starts. */
export const notingHands = (asked: string[] = []) => {
  const waiting = new Set<() => void>()
  const now = { isIdle: true, reboots: true, selfTest: { ok: true, words: 'it answers' } }
  const hands: KioskHands = {
    close: async (how, reason, by) => {
      asked.push(`close: ${how}, ${reason}, ${by.kind}`)
    },
    open: async (by) => {
      asked.push(`open: ${by.kind}`)
    },
    isIdle: () => now.isIdle,
    whenIdle: (signal) =>
      new Promise((resolve) => {
        waiting.add(resolve)
        signal.addEventListener('abort', () => resolve(), { once: true })
      }),
    restartScreen: () => void asked.push('restartScreen'),
    restartRuntime: () => void asked.push('restartRuntime'),
    reboot: async () => {
      if (!now.reboots) throw new Error('the machine does not obey')
      asked.push('reboot')
    },
    selfTest: async (device) => {
      asked.push(`selfTest: ${device}`)
      return now.selfTest
    },
  }
  return {
    hands,
    asked,
    now,
    /** How many wait for an idle kiosk. */
    waits: () => waiting.size,
    becomeIdle: () => {
      now.isIdle = true
      for (const wake of waiting) wake()
      waiting.clear()
    },
  }
}
