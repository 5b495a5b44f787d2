import { catalog } from '../../../apps/control-plane/src/metrics/catalog.ts'
import type { MonitoringOptions } from '../src/options.ts'

/** The sample backend: what deploy/ holds is made from this. */
export const controlPlane: MonitoringOptions = {
  job: 'control-plane',
  title: 'Control plane',
  catalogs: [catalog.describe()],
}
