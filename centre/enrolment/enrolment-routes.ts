// Enrolling and renewing over HTTPS, beside the messages of kiosks and through the same door.
import type { FastifyInstance } from 'fastify'
import { enrolmentPaths, renewalGraceMs } from '../../domain/enrolment/enrolment-messages.ts'
import { revoked, type Gate } from '../../server/gate.ts'
import type { Store } from '../store.ts'
import type { Authority } from './authority.ts'
import { revokedSerials } from './certificates.ts'
import { enrol, renew, type Enrolling, type Given } from './enrolling.ts'
import { withEnrolment } from './enrolment-tables.ts'

export const addEnrolment = (
  server: FastifyInstance,
  of: { store: Store; authority: Authority; gate: Gate; now: () => number },
): void => {
  const { store, authority, gate, now } = of
  const inTurn = (doing: (turn: Enrolling) => Promise<Given>): Promise<Given> =>
    store.transact((work) => doing({ work: withEnrolment(work), authority, now: now() }))

  server.post(enrolmentPaths.enrol, async (request, reply) => {
    const given = await inTurn((turn) => enrol(turn, request.body))
    if (given.kind === 'issued') return given.issued
    server.log.warn({ problem: given.problem }, 'a machine did not enrol')
    return reply.code(given.status).send({ problem: given.problem })
  })

  server.post(enrolmentPaths.renew, async (request, reply) => {
    const peer = gate.peer(request.socket)
    if (peer.kind === 'nobody') {
      return reply.code(401).send({ problem: `the certificate ${peer.why}` })
    }
    if (await gate.isRevoked(peer.shown.serial)) {
      return reply.code(revoked.status).send({ problem: revoked.problem })
    }
    const given = await inTurn((turn) => renew(turn, peer.shown, request.body))
    if (given.kind === 'issued') return given.issued
    server.log.warn({ problem: given.problem }, 'a certificate was not renewed')
    return reply.code(given.status).send({ problem: given.problem })
  })

  /** For front machines, which have no books of this. */
  server.get(enrolmentPaths.revoked, async (request, reply) => {
    const peer = gate.peer(request.socket)
    const isFront = peer.kind === 'known' && peer.shown.holder.role === 'front'
    if (!isFront || (await gate.isRevoked(peer.shown.serial))) {
      return reply.code(401).send({ problem: 'only a front machine is told this' })
    }
    // Those that are over are still good for being renewed for some time, and for that they are asked for here.
    return { revoked: await revokedSerials(store, now() - renewalGraceMs) }
  })
}
