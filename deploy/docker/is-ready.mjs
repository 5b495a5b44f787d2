// Whether the API can serve: its database answers.
const { env } = process
const url = `http://127.0.0.1:${env.CONTROL_PLANE_API_PORT || 3000}/readyz`
const answer = await fetch(url, { signal: AbortSignal.timeout(3_000) }).catch(error => error)
if (answer.ok) process.exit(0)
console.error(answer.status ?? answer.cause?.message ?? answer.message)
process.exit(1)
