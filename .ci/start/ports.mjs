import { createServer } from 'node:net'
import { env } from 'node:process'

/** The ports that `npm start` serves on. */
export function portsFromEnvironment() {
  return {
    api: port('CONTROL_PLANE_API_PORT', 3000),
    metrics: port('OTEL_EXPORTER_PROMETHEUS_PORT', 9464),
  }
}

/** Throws one clear message if a port is taken, before anything is started. */
export async function checkPorts() {
  const ports = portsFromEnvironment()
  if (ports.api === ports.metrics) {
    throw new Error(
      `CONTROL_PLANE_API_PORT and OTEL_EXPORTER_PROMETHEUS_PORT are both ${ports.api}; give each its own.`,
    )
  }
  const problems = [
    await problem(ports.api, 'the API', 'CONTROL_PLANE_API_PORT'),
    await problem(ports.metrics, 'the metrics page', 'OTEL_EXPORTER_PROMETHEUS_PORT'),
  ].filter(Boolean)
  if (problems.length > 0) throw new Error(problems.join('\n'))
}

function port(name, fallback) {
  const text = env[name]
  if (!text) return fallback
  const value = Number(text)
  if (Number.isInteger(value) && value > 0 && value <= 65_535) return value
  throw new Error(`${name} is "${text}"; it must be a port number from 1 to 65535.`)
}

async function problem(number, use, variable) {
  // Both: somebody may listen on loopback only or on everything only.
  const code = (await listenError(number, '127.0.0.1')) ?? (await listenError(number, '::'))
  const another = `Choose another one: ${variable}=${number + 1} npm start`
  if (code === 'EADDRINUSE')
    return `Port ${number}, wanted for ${use}, is in use by another program. ${another}`
  if (code === 'EACCES')
    return `Port ${number}, wanted for ${use}, may not be used by this account. ${another}`
  return undefined
}

function listenError(number, host) {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', error => resolve(error.code))
    server.listen(number, host, () => server.close(() => resolve(undefined)))
  })
}
