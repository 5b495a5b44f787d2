import { catalog } from '../../../apps/control-plane/src/metrics/catalog.ts'
import type { buildMonitoring } from '../src/build-monitoring.ts'

/** The sample backend: what deploy/ holds is made from this. */
export const controlPlane: Parameters<typeof buildMonitoring>[0] = {
  job: 'control-plane',
  title: 'Control plane',
  catalogs: [catalog.describe()],
  alertmanager: {},
}
