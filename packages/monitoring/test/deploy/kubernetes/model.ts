import type { Resource } from '../files.ts'
import type { TypedLiteral } from '../type-check.ts'

/** Where the types of a resource are: the groups that have a package of their own, else Kubernetes' own. */
function moduleOf({ apiVersion }: Resource): string {
  const own = apiVersion.startsWith('monitoring.coreos.com/')
  return own ? `@kubernetes-models/prometheus-operator/${apiVersion}` : `kubernetes-models/${apiVersion}`
}

export function literalOf(resource: Resource): TypedLiteral {
  const title = `${resource.kind} ${resource.metadata.name}`
  return { title, module: moduleOf(resource), type: `I${resource.kind}`, value: resource }
}

/** Throws when the resource's schema does not allow it; also for a kind that has no schema. */
export async function validate(resource: Resource): Promise<void> {
  const models = await import(/* @vite-ignore */ moduleOf(resource))
  const Model = models[resource.kind]
  if (Model === undefined) throw new Error(`no model of ${resource.apiVersion} ${resource.kind}`)
  new Model(resource).validate()
}
