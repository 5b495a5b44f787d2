import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify'
import { isDatabaseUnavailable } from '../database/unavailable.ts'

const retryAfterSeconds = 1

/** Whatever goes wrong is answered with a problem document (RFC 9457). */
export function answerProblems(server: FastifyInstance): void {
  server.setNotFoundHandler((request, reply) =>
    sendProblem(reply, 404, `There is no ${request.method} ${request.url.split('?')[0]}.`),
  )
  server.setErrorHandler((error: FastifyError, request, reply) => {
    if (isDatabaseUnavailable(error)) {
      reply.header('retry-after', retryAfterSeconds)
      return sendProblem(reply, 503, 'The database cannot be used right now.')
    }
    if (error.statusCode !== undefined && error.statusCode < 500) {
      return sendProblem(reply, error.statusCode, error.message)
    }
    request.log.error(error)
    return sendProblem(reply, 500, 'Something went wrong here.')
  })
}

export function sendProblem(reply: FastifyReply, status: number, detail: string): FastifyReply {
  return reply
    .code(status)
    .type('application/problem+json')
    .send({ type: 'about:blank', title: STATUS_CODES[status], status, detail })
}
