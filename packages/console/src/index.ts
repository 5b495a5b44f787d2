// What the console shares with whoever else reads a page, first of all the command line.
export { byteCount, duration, quantity } from './format/quantity.ts'
export { findFamily, single } from './page/find-family.ts'
export type { Family, Page, Problem, Sample } from './page/page.ts'
export { parsePage } from './page/parse-page.ts'
export { type Bucket, type Histogram, quantile, type Series, seriesOf } from './page/series.ts'
export type { PageAt } from './rates/page-at.ts'
export { allRoutes, type RouteRow, routeRows } from './rates/routes.ts'
export { type WorkerFigures, type WorkerRow, type WorkersAt, workerRows } from './rates/workers.ts'
