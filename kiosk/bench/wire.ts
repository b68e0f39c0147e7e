// A serial line of the kiosk: its far end is held by a simulator, and it can be unplugged.
import { createServer, type Server, type Socket } from 'node:net'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Duplex } from 'node:stream'
import { pseudoTerminal, type PseudoTerminal } from '../../drivers/cables.ts'
import { inTurn } from './in-turn.ts'

export type Wire = {
  /** What the kiosk's configuration calls it. */
  port: string
  plugged(): boolean
  /** Resolves when the plug is out, or in again. */
  setPlugged(plugged: boolean): Promise<void>
  close(): Promise<void>
}

/** What pulls and pushes one kind of plug. */
type Plug = { port: string; pushIn(): Promise<void>; pullOut(): Promise<void> }

export type WireOptions = {
  /** Where the pseudo-terminal appears, as if it were `/dev/kiosk/notes`. */
  path: string
  /** Whether this machine can make them; else the line is a TCP port of loopback, which the driver opens as well. */
  pseudoTerminals: boolean
  /** The simulator takes its end, once for every time something is plugged in. */
  attach: (cable: Duplex) => void
  /** What somebody puts between the line and the simulator: the far end of what is given. */
  through?: ((cable: Duplex) => Duplex) | undefined
}

/** Makes a line and plugs it in. */
export const serialWire = async (given: WireOptions): Promise<Wire> => {
  const { through = (cable: Duplex) => cable } = given
  const options = { ...given, attach: (cable: Duplex) => given.attach(through(cable)) }
  const plug = options.pseudoTerminals ? terminalPlug(options) : await tcpPlug(options)
  await plug.pushIn()
  let plugged = true
  // A plug pulled while it is still going in would stay in.
  const turn = inTurn()
  const setPlugged = (pushed: boolean): Promise<void> =>
    turn(async () => {
      if (plugged === pushed) return
      await (pushed ? plug.pushIn() : plug.pullOut())
      plugged = pushed
    })
  return {
    port: plug.port,
    plugged: () => plugged,
    setPlugged,
    close: () => setPlugged(false),
  }
}

const terminalPlug = ({ path, attach }: WireOptions): Plug => {
  let terminal: PseudoTerminal | null = null
  return {
    port: path,
    pushIn: async () => {
      await mkdir(dirname(path), { recursive: true })
      terminal = await pseudoTerminal({ path })
      attach(terminal.cable)
    },
    pullOut: async () => {
      const pulled = terminal
      terminal = null
      await pulled?.close()
    },
  }
}

/** The same port after every plugging, so that the kiosk's configuration stays true. */
const tcpPlug = async ({ attach }: WireOptions): Promise<Plug> => {
  const open = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy())
    attach(socket)
  })
  const port = await listening(server, 0)
  const pullOut = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of open) socket.destroy()
    })
  return {
    port: `tcp:127.0.0.1:${port}`,
    pushIn: async () => {
      if (!server.listening) await listening(server, port)
    },
    pullOut,
  }
}

const listening = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port }, () => {
      server.off('error', reject)
      const address = server.address()
      if (typeof address === 'object' && address !== null) resolve(address.port)
      else reject(new Error('the line has no port'))
    })
  })
