import { expect, test } from 'vitest'
import { withoutPrivate } from '../../src/exposition/private-attributes.ts'

const RESOURCE = {
  'service.name': 'shop',
  'host.name': 'web-1',
  'host.id': 'fb6d2c',
  'process.pid': 1,
  'process.command': '/srv/app.js',
  'process.command_args': ['--password=secret'],
  'process.command_line': 'node --password=secret',
  'process.executable.name': 'node',
  'process.executable.path': '/home/anna/node',
  'process.owner': 'anna',
  'user.email': 'anna@example.org',
}

test('what tells an attacker more than a service is does not leave the process', () => {
  expect(Object.keys(withoutPrivate(RESOURCE))).toEqual([
    'service.name',
    'host.name',
    'process.pid',
    'process.executable.name',
  ])
})

test('what is asked for by name is shown, and * shows all', () => {
  expect(withoutPrivate(RESOURCE, ['process.owner', 'no.such'])).toHaveProperty(['process.owner'], 'anna')
  expect(withoutPrivate(RESOURCE, ['process.owner'])).not.toHaveProperty(['host.id'])
  expect(withoutPrivate(RESOURCE, ['*'])).toBe(RESOURCE)
})
