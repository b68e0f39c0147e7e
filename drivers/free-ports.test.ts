// Ports for programs that are started later: nobody else gets them meanwhile.
import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { freePort, freePorts } from './free-ports.ts'

describe('a port for a program that is started later', () => {
  it('is not given to anybody else who asks meanwhile, and can be listened on', async () => {
    const ports = await Promise.all(Array.from({ length: 50 }, freePort))
    expect(new Set(ports).size).toBe(ports.length)
    for (const port of ports) {
      expect(port).toBeLessThan(32_768)
      const server = createServer().listen(port, '127.0.0.1')
      await once(server, 'listening')
      server.close()
    }
  })

  it('stands in a row with as many as are wanted', async () => {
    const first = await freePorts(3)
    const others = await Promise.all(Array.from({ length: 50 }, freePort))
    for (const port of others) expect([first, first + 1, first + 2]).not.toContain(port)
  })
})
