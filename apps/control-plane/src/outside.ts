import type { AddressInfo } from 'node:net'
import { buildOutside } from './outside/server.ts'
import { onEnding } from './process/ending.ts'
import { reportReady } from './process/ready.ts'

// The stub of the outside world. Run without the preload: it is no part of the service.
const server = buildOutside()
onEnding(() => server.close(), 2_000)
const host = process.env.CONTROL_PLANE_OUTSIDE_HOST || '127.0.0.1'
await server.listen({ host, port: Number(process.env.CONTROL_PLANE_OUTSIDE_PORT || 0) })
reportReady([], { url: `http://127.0.0.1:${(server.server.address() as AddressInfo).port}` })
