import { notRun, startAlertmanager } from '@tutti/test-servers'
import { expect, test } from 'vitest'
import { alive } from './alive.ts'

test('an Alertmanager is ready when it is said to be, and gone when it is stopped', async () => {
  const server = await startAlertmanager({ config: 'route: {receiver: none}\nreceivers: [{name: none}]\n' })
  if (server === undefined) return notRun('Alertmanager', 'it could not be installed')
  expect(await (await fetch(`${server.url}/-/ready`)).text()).toBe('OK')
  await server.stop()
  expect(alive(server.pid)).toBe(false)
})

test('what is wrong with a configuration is in the error', async () => {
  const config = 'route: {receiver: missing}\nreceivers: [{name: none}]\n'
  const outcome = await startAlertmanager({ config }).catch((error: Error) => error.message)
  if (outcome === undefined) return notRun('Alertmanager', 'it could not be installed')
  expect(outcome).toContain('undefined receiver')
})
