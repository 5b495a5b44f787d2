/** What runs where, as a table, and what to do with it. */
export function describe({
  ports,
  token,
  directory,
  database,
  cache,
  outside,
  api,
  jobWorker,
  traffic,
  pageAnswers,
}) {
  const rows = [
    ['What', 'Where', 'Process'],
    ['PostgreSQL', withoutPassword(database.url), database.pid ?? 'yours'],
    ['Redis', withoutPassword(cache.url), cache.pid ?? 'yours'],
    ['Outside world', outside.url, outside.pid],
    ['API', `http://localhost:${ports.api}/docs`, `${api.pid}, workers ${api.workers.join(', ')}`],
    ['API token', token, ''],
    ['Job worker', 'takes deployments through their rings', jobWorker.pid],
    ['Traffic', 'sends gentle requests to the API', traffic.pid],
    ['Metrics page', `http://localhost:${ports.metrics}/metrics`, ''],
    ['Console', `http://localhost:${ports.metrics}/`, ''],
    ['Segments', directory.path, ''],
  ]
  const widths = [0, 1].map(column => Math.max(...rows.map(row => row[column].length)))
  const table = rows.map(([what, where, process]) =>
    `  ${what.padEnd(widths[0])}   ${where.padEnd(widths[1])}   ${process}`.trimEnd(),
  )
  const hint = pageAnswers
    ? ''
    : '\n  The metrics page does not answer yet; see the lines of the API above.\n'
  return `
${table.join('\n')}
${hint}
  Enter stops the traffic and shows exactly how many requests it sent (so does: kill -USR2 ${traffic.pid}).
  Ctrl-C stops everything.
`
}

function withoutPassword(text) {
  try {
    const url = new URL(text)
    if (url.password) url.password = '***'
    return url.href
  } catch {
    return 'as you said'
  }
}
