// The front machine over HTTP: to a terminal it is the centre, and three messages more.
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { messageServer } from '../server/message-server.ts'
import { allMessages, type Front } from './front.ts'

export const frontServer = (front: Front, log: FastifyBaseLogger): FastifyInstance =>
  messageServer({
    messages: allMessages,
    handle: front.handle,
    problem: front.problem,
    sorry: 'the front machine could not do this; ask again',
    log,
  })
