import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerQuestions } from '../processes/answer.ts'

/** A page that costs nothing but its way to the scraper: `node ready-page.mjs <bytes>`. */
const page = Buffer.alloc(Number(process.argv[2]), 'x')
const server = createServer((_request, response) => void response.end(page))
await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))

answerQuestions({ url: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }, () => {
  server.closeAllConnections()
  server.close()
})
