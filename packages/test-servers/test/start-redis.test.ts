import { connect } from 'node:net'
import { startRedis } from '@tutti/test-servers'
import { expect, test } from 'vitest'
import { alive } from './alive.ts'

test('starts a real Redis on loopback that stores nothing on a disk', async () => {
  const server = await startRedis()
  const { hostname, port } = new URL(server.url)
  expect(hostname).toBe('127.0.0.1')
  expect(await ask(Number(port), 'PING')).toBe('+PONG\r\n')
  expect(await ask(Number(port), 'CONFIG GET save')).toBe('*2\r\n$4\r\nsave\r\n$0\r\n\r\n')
  await server.stop()
  expect(alive(server.pid)).toBe(false)
})

function ask(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${command}\r\n`))
    socket.once('error', reject)
    socket.once('data', answer => {
      socket.end()
      resolve(answer.toString())
    })
  })
}
