// The test's hand inside the machine: asks the agent there over QEMU's virtual serial port, one question at a time.
import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Press, View } from '../../ui/kiosk/screen.ts'

export type Ran = { code: number; output: string; errors: string }

export type HandInside = {
  /** Resolves when the agent has come up; at once when it has. */
  here: () => Promise<void>
  /** A line for the shell of the machine, as root. */
  run: (command: string, limitMs?: number) => Promise<Ran>
  /** What the screen shows; null while nobody serves it. */
  view: () => Promise<View | null>
  press: (view: number, press: Press) => Promise<void>
  close: () => void
}

type Said = { id: number; value?: unknown; problem?: string }

const usualLimitMs = 60_000
/** What the line itself may take on a slow machine, beyond the limit of what is asked. */
const slackMs = 30_000

/** `path`: the socket of the port's chardev. */
export const handInside = async (path: string): Promise<HandInside> => {
  const socket = connect({ path })
  await once(socket, 'connect')
  const waiting = new Map<number, (said: Said) => void>()
  const here = Promise.withResolvers<void>()
  let asked = 0
  createInterface({ input: socket }).on('line', (text) => {
    const said = JSON.parse(text) as Said
    // It says this at every start of its own.
    if (said.id === 0) here.resolve()
    waiting.get(said.id)?.(said)
    waiting.delete(said.id)
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    for (const [id, tell] of waiting) tell({ id, problem: 'the machine has ended' })
    waiting.clear()
  })
  const ask = (question: Record<string, unknown>, limitMs: number): Promise<unknown> =>
    asking(socket, waiting, { ...question, id: ++asked }, limitMs)
  return {
    here: () => here.promise,
    run: async (command, limitMs = usualLimitMs) =>
      (await ask({ kind: 'run', command, limitMs }, limitMs)) as Ran,
    view: async () => (await ask({ kind: 'view' }, usualLimitMs).catch(() => null)) as View | null,
    press: async (view, press) =>
      void (await ask({ kind: 'press', body: { view, press } }, usualLimitMs).catch(() => null)),
    close: () => socket.destroy(),
  }
}

const asking = (
  socket: Socket,
  waiting: Map<number, (said: Said) => void>,
  question: { id: number },
  limitMs: number,
): Promise<unknown> =>
  new Promise((resolve, reject) => {
    if (socket.destroyed) return reject(new Error('the machine has ended'))
    const late = setTimeout(() => {
      waiting.delete(question.id)
      reject(new Error(`no answer from inside to ${JSON.stringify(question)}`))
    }, limitMs + slackMs)
    waiting.set(question.id, ({ value, problem }) => {
      clearTimeout(late)
      if (problem === undefined) resolve(value)
      else reject(new Error(problem))
    })
    socket.write(`${JSON.stringify(question)}\n`)
  })
