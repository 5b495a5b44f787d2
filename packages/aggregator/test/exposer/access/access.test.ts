import { setTimeout as sleep } from 'node:timers/promises'
import bcrypt from 'bcryptjs'
import { expect, test } from 'vitest'
import { basic, testExposer, testFolder } from '../exposer.ts'

/** Cheap hashes: what is tested is not their cost. */
const usersYaml = (users: Record<string, string>) =>
  `basic_auth_users:\n${Object.entries(users)
    .map(([user, password]) => `  ${user}: ${bcrypt.hashSync(password, 4)}\n`)
    .join('')}`

test('no password, a wrong one and an unknown user are refused, each said once, and scrapes go on', async () => {
  const files = testFolder({ 'web.yml': usersYaml({ prometheus: 'päss:word' }) })
  const { get, scrape, warnings } = await testExposer({ webConfigFile: files.path('web.yml') })
  const refused = [
    {},
    basic('prometheus', 'wrong'),
    basic('nobody', 'päss:word'),
    { authorization: 'Basic !' },
    { authorization: 'Bearer päss:word' },
    { authorization: 'Negotiate x' },
  ]
  for (const path of ['/metrics', '/-/healthy', '/-/ready', '/no/such']) {
    for (const headers of refused) {
      const answer = await get({ path, headers: headers as Record<string, string> }).catch(error => error)
      // A header that Node's own client would not send is not sent.
      if (answer instanceof TypeError) continue
      expect([answer.status, answer.headers['www-authenticate'], answer.body]).toEqual([
        401,
        'Basic realm="metrics"',
        'Unauthorized\n',
      ])
    }
  }
  const samples = await scrape({ headers: basic('prometheus', 'päss:word') })
  expect(samples['tutti_rejected_requests_total{reason="no_credentials"}']).toBe(4)
  expect(samples['tutti_rejected_requests_total{reason="wrong_credentials"}']).toBeGreaterThanOrEqual(16)
  expect(warnings).toEqual([
    expect.stringContaining('it shows no password or token'),
    expect.stringContaining('its password or token is wrong'),
  ])
})

test('a flood of wrong passwords does not keep Prometheus from its scrapes', async () => {
  const files = testFolder({
    'web.yml': `basic_auth_users:\n  prometheus: ${bcrypt.hashSync('right', 10)}\n`,
  })
  const { get, scrape } = await testExposer({ webConfigFile: files.path('web.yml') })
  await scrape({ headers: basic('prometheus', 'right') })
  const statuses: number[] = []
  let isOver = false
  const flood = Array.from({ length: 12 }, async (_, each) => {
    while (!isOver) {
      const wrong = basic('prometheus', `wrong ${each} ${statuses.length}`)
      statuses.push((await get({ localAddress: '127.0.0.2', headers: wrong })).status)
    }
  })
  // However long it takes: all of these fall into the flood.
  for (let each = 0; each < 3 || statuses.length < 100; each++) {
    await scrape({ headers: basic('prometheus', 'right') })
    await sleep(20)
  }
  isOver = true
  await Promise.all(flood)
  expect(new Set(statuses)).toEqual(new Set([401, 429]))
  // Four of the twelve wait for their comparison, and the others are sent away meanwhile.
  const compared = statuses.filter(status => status === 401).length
  expect(compared).toBeLessThan(statuses.length / 2)
})

test('users are replaced without a restart; a broken list changes nothing and is said once', async () => {
  const files = testFolder({ 'web.yml': usersYaml({ prometheus: 'old' }) })
  const { get, scrape, warnings } = await testExposer({ webConfigFile: files.path('web.yml') })
  const status = async (user: string, password: string) =>
    (await get({ headers: basic(user, password) })).status
  expect(await status('prometheus', 'old')).toBe(200)

  files.write('web.yml', 'basic_auth_users:\n  prometheus: plain\n')
  expect([await status('prometheus', 'old'), await status('prometheus', 'plain')]).toEqual([200, 401])
  expect(warnings[0]).toMatch(
    /web\.yml: basic_auth_users\.prometheus is not a bcrypt hash\. Make one with: htpasswd -nBC 10 ""\. What was read/,
  )
  expect(warnings[0]).not.toContain('plain')

  files.write('web.yml', usersYaml({ prometheus: 'new', on: 'also' }))
  expect([await status('prometheus', 'old'), await status('prometheus', 'new')]).toEqual([401, 200])
  expect(await status('on', 'also')).toBe(200)
  expect(await scrape({ headers: basic('on', 'also') })).toMatchObject({
    tutti_web_config_last_reload_successful: 1,
  })
  expect(warnings.filter(line => line.includes('bcrypt'))).toHaveLength(1)
})

test('a bearer token is asked for, and while it is replaced the old and the new one are good', async () => {
  const [old, renewed] = ['an-old-token-of-this-test', 'a-new-token-of-this-test']
  const files = testFolder({ token: `${old}\n` })
  const { get, warnings } = await testExposer({ bearerTokenFile: files.path('token') })
  const status = async (token: string, scheme = 'Bearer') =>
    (await get({ headers: { authorization: `${scheme} ${token}` } })).status
  expect((await get()).headers['www-authenticate']).toBe('Bearer')
  expect([
    await status(old),
    await status(old, 'bearer'),
    await status(old, 'Basic'),
    await status(''),
  ]).toEqual([200, 200, 401, 401])
  files.write('token', `${old}\n${renewed}\n`)
  expect([await status(old), await status(renewed)]).toEqual([200, 200])
  files.write('token', renewed)
  expect([await status(old), await status(renewed)]).toEqual([401, 200])
  files.write('token', '\n')
  expect(await status(renewed)).toBe(200)
  expect(warnings.at(-1)).toMatch(/token: the bearer token is empty\. Make one with: openssl rand -hex 32\./)
})

test('either a token or a password is enough where both are there', async () => {
  const token = 'a-token-of-this-test'
  const files = testFolder({ token, 'web.yml': usersYaml({ prometheus: 'right' }) })
  const { get } = await testExposer({
    bearerTokenFile: files.path('token'),
    webConfigFile: files.path('web.yml'),
  })
  expect((await get()).status).toBe(401)
  expect((await get({ headers: { authorization: `Bearer ${token}` } })).status).toBe(200)
  expect((await get({ headers: basic('prometheus', 'right') })).status).toBe(200)
})

test('more requests than rate_limit lets through are refused', async () => {
  const files = testFolder({ 'web.yml': 'rate_limit:\n  interval: 1h\n  burst: 3\n' })
  const { get, warnings } = await testExposer({ webConfigFile: files.path('web.yml') })
  const statuses: number[] = []
  for (let each = 0; each < 5; each++) statuses.push((await get()).status)
  expect(statuses).toEqual([200, 200, 200, 429, 429])
  expect(warnings).toEqual([expect.stringContaining('rate_limit')])
})

test.each([
  [{ webConfigFile: '/no/such/web.yml' }, /web configuration can't be read \(ENOENT\)/],
  [{ bearerTokenFile: '/dev/zero' }, /bearer token is not a regular file/],
])('with %o nothing is ever served', async (options, message) => {
  await expect(testExposer(options)).rejects.toMatchObject({
    code: 'TUTTI_WEB_CONFIG_INVALID',
    message: expect.stringMatching(message),
  })
})
