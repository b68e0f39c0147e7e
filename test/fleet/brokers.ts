// The brokers that the fleet's tests run on: the one inside the centre, and Mosquitto where it is installed.
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { startBroker, type Broker } from '../../centre/fleet/broker.ts'
import { Tenant } from '../../domain/fleet/topics.ts'
import { freePort } from '../../drivers/free-ports.ts'

export const tenant = Tenant.parse('test')
export const centrePassword = 'the centre itself'

export type RunningBroker = {
  port: number
  /** Away, with all it kept in memory, and back at the same port. */
  stop: () => Promise<void>
  start: () => Promise<void>
}

export type BrokerKind = { name: string; isHere: boolean; run: () => Promise<RunningBroker> }

const runAedes = async (): Promise<RunningBroker> => {
  let broker: Broker | null = null
  let port = 0
  const start = async () => {
    broker = await startBroker({
      tenant,
      listen: { host: '127.0.0.1', port },
      tls: null,
      isKiosk: () => Promise.resolve(true),
      centrePassword,
    })
    port = broker.port
  }
  await start()
  return { port, start, stop: async () => broker?.close() }
}

const mosquitto = '/usr/sbin/mosquitto'

const runMosquitto = async (): Promise<RunningBroker> => {
  const port = await freePort()
  let child: ChildProcess | null = null
  const start = async () => {
    // It listens on loopback and keeps everything in memory, as it does without a configuration.
    child = spawn(mosquitto, ['-p', String(port)], { stdio: 'ignore' })
    await answering(port)
  }
  await start()
  return {
    port,
    start,
    stop: async () => {
      const running = child
      child = null
      if (running === null) return
      const ended = new Promise((resolve) => running.once('exit', resolve))
      running.kill('SIGKILL')
      await ended
    },
  }
}

export const brokerKinds: BrokerKind[] = [
  { name: 'the broker inside the centre', isHere: true, run: runAedes },
  { name: 'Mosquitto', isHere: existsSync(mosquitto), run: runMosquitto },
]

const answering = async (port: number): Promise<void> => {
  for (let tries = 0; tries < 500; tries++) {
    const answers = await new Promise<boolean>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' })
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (answers) return
    await pause(10)
  }
  throw new Error('the broker does not answer')
}
