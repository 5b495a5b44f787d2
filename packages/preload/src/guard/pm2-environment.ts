/**
 * In PM2's cluster mode an instance gets its environment as one variable, which PM2's own script takes apart after
 * the preload has run. What concerns us is taken out of it here; PM2 will write the same again.
 */
export function takePm2Environment(env: NodeJS.ProcessEnv): void {
  if (env.pm2_env === undefined || env.pm_id !== undefined) return
  try {
    const given = JSON.parse(env.pm2_env) as Record<string, unknown>
    for (const [name, value] of Object.entries(given)) {
      if (!/^(?:(?:OTEL|TUTTI)_\w+|pm_id|name)$/.test(name)) continue
      if (typeof value === 'string' || typeof value === 'number') env[name] = String(value)
    }
  } catch {
    // Not PM2's.
  }
}
