import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Authenticate } from '../users/authenticate.ts'
import { includesRole, type Role, type User } from '../users/user.ts'
import { sendProblem } from './problems.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call a route. Without it: viewers for GET, operators for the rest. */
    role?: Role
  }
  interface FastifyRequest {
    /** Undefined on routes that need no token. */
    user: User | undefined
  }
}

/** Lets only those in whom a route is for: 401 without a good token, 403 with one that may not. */
export function authorize(server: FastifyInstance, authenticate: Authenticate): void {
  server.decorateRequest('user', undefined)
  server.addHook('onRequest', async (request, reply) => {
    const wanted = wantedRole(request)
    const secret = bearerToken(request)
    const user = secret === undefined ? undefined : await authenticate(secret)
    if (user === undefined) return refuse(reply, secret)
    if (!includesRole(user.role, wanted))
      return sendProblem(reply, 403, `This needs the role ${wanted}; ${user.name} is ${user.role}.`)
    request.user = user
  })
}

function wantedRole({ method, routeOptions }: FastifyRequest): Role {
  return routeOptions.config.role ?? (method === 'GET' || method === 'HEAD' ? 'viewer' : 'operator')
}

const secretLimit = 200

function bearerToken(request: FastifyRequest): string | undefined {
  const [, secret] = /^Bearer ([\x21-\x7e]+)$/i.exec(request.headers.authorization ?? '') ?? []
  return secret !== undefined && secret.length <= secretLimit ? secret : undefined
}

/** The same words whether a token never was, has expired or was revoked. */
function refuse(reply: FastifyReply, secret: string | undefined): FastifyReply {
  reply.header('www-authenticate', 'Bearer realm="control-plane"')
  return sendProblem(
    reply,
    401,
    secret === undefined
      ? 'Send a token: "Authorization: Bearer ...".'
      : 'This token is not one that can be used here.',
  )
}
