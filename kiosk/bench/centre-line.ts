// The lines between kiosk and centre, with a switch in them: TCP is passed on, or cut.
import { connect, createServer, type Socket } from 'node:net'

export type CentreLine = {
  port: number
  away(): boolean
  /** Cuts what is open and refuses what is new, as a line that is down; or lets it through again. */
  setAway(away: boolean): void
  close: () => Promise<void>
}

/** To what the centre sells by, and to its broker: one cable, with one switch. */
export const centreLines = async (ports: { centrePort: number; fleetPort: number }) => {
  const centre = await centreLine(ports.centrePort)
  const fleet = await centreLine(ports.fleetPort)
  return {
    centrePort: centre.port,
    fleetPort: fleet.port,
    away: () => centre.away(),
    setAway: (away: boolean) => {
      centre.setAway(away)
      fleet.setAway(away)
    },
    close: async () => {
      await centre.close()
      await fleet.close()
    },
  }
}

export const centreLine = (centrePort: number): Promise<CentreLine> => {
  const open = new Set<Socket>()
  let away = false
  const keep = (socket: Socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy())
  }
  const server = createServer((kiosk) => {
    keep(kiosk)
    if (away) {
      kiosk.resetAndDestroy()
      return
    }
    const centre = connect(centrePort, '127.0.0.1')
    keep(centre)
    kiosk.pipe(centre).pipe(kiosk)
    kiosk.on('close', () => centre.destroy())
    centre.on('close', () => kiosk.destroy())
  })
  const cut = () => {
    for (const socket of open) socket.destroy()
  }
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (typeof address !== 'object' || address === null) return reject(new Error('no port'))
      resolve({
        port: address.port,
        away: () => away,
        setAway: (next) => {
          away = next
          if (away) cut()
        },
        close: () =>
          new Promise((closed) => {
            cut()
            server.close(() => closed())
          }),
      })
    })
  })
}
