import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isDatabaseUnavailable } from '../database/unavailable.ts'
import type { Deployment } from '../deployments/deployment.ts'
import { cancelDeployment, rollBackDeployment } from '../deployments/end.ts'
import { measureEnd, measurePromotion } from '../deployments/measure.ts'
import { promoteDeployment } from '../deployments/promote.ts'
import { findDeployment } from '../deployments/store.ts'
import { catalog } from '../metrics/catalog.ts'
import { sendProblem } from './problems.ts'
import { oneSchema } from './schemas/deployments.ts'
import type { WithId } from './schemas/shared.ts'
import type { ApiParts } from './server.ts'

type Action = 'create' | 'promote' | 'cancel' | 'roll_back'

interface Change {
  path: string
  action: Action
  /** Undefined if the deployment is not in a state for it. */
  change(id: string): Promise<Deployment | undefined>
  /** The database has confirmed it. */
  measure(changed: Deployment): void
}

/** What somebody may do to a deployment by hand. */
export function addDeploymentActions(server: FastifyInstance, { pool, cache, ringSoakMs }: ApiParts): void {
  add({
    path: 'promote',
    action: 'promote',
    change: id => promoteDeployment(pool, id, ringSoakMs),
    measure: changed => measurePromotion(changed, 'api'),
  })
  add({
    path: 'cancel',
    action: 'cancel',
    change: id => cancelDeployment(pool, id),
    measure: changed => measureEndBy('cancel', changed),
  })
  add({
    path: 'roll-back',
    action: 'roll_back',
    change: id => rollBackDeployment(pool, id),
    measure: changed => measureEndBy('roll_back', changed),
  })

  function add({ path, action, change, measure }: Change): void {
    const options = { schema: oneSchema, onError: countFailures(action) }
    server.post<WithId>(`/deployments/:id/${path}`, options, async ({ params }, reply) => {
      const id = params.id.toLowerCase()
      const changed = await change(id)
      if (changed) {
        measure(changed)
        await cache?.replace(changed)
        return changed
      }
      const found = await findDeployment(pool, id)
      catalog.deployments.add(1, { action, outcome: found ? 'conflict' : 'not_found' })
      return found ? sendProblem(reply, 409, `The deployment is ${found.status}.`) : sendNotFound(reply, id)
    })
  }
}

function measureEndBy(action: 'cancel' | 'roll_back', changed: Deployment): void {
  catalog.deployments.add(1, { action, outcome: 'success' })
  measureEnd(changed)
}

export function countFailures(action: Action) {
  return async (_request: FastifyRequest, _reply: FastifyReply, error: Error): Promise<void> => {
    catalog.deployments.add(1, { action, outcome: failure(error) })
  }
}

function failure(error: Error & { validation?: unknown }): 'rejected' | 'unavailable' | 'error' {
  if (error.validation) return 'rejected'
  return isDatabaseUnavailable(error) ? 'unavailable' : 'error'
}

export function sendNotFound(reply: FastifyReply, id: string): FastifyReply {
  return sendProblem(reply, 404, `There is no deployment ${id}.`)
}
