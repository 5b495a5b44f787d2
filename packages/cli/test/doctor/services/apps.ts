/** What the services run. */
export const EXPRESS = `const express = require('express')
const app = express()
app.get('/orders/:id', (req, res) => res.send(req.params.id))
const server = app.listen(process.env.PORT ?? 0, () => console.log('listening', server.address().port))
`

export const FASTIFY = `import fastify from 'fastify'
const app = fastify()
app.get('/orders/:id', async request => request.params.id)
await app.listen({ port: Number(process.env.PORT ?? 0) })
console.log('listening', app.server.address().port)
`
