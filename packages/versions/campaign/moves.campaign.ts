import { expect, test } from 'vitest'
import { sets } from '../src/index.ts'
import { command, INSTALL } from '../test/install/command.ts'
import { expectOneCopyOfEach } from '../test/install/copies.ts'
import { pack, pin, temporaryFolder, writeService } from '../test/install/service.ts'

test('a service moves from one set to another and back, by npm install and npm dedupe', {
  timeout: 900_000,
}, async () => {
  const folder = temporaryFolder()
  const service = `${folder}/service`
  writeService(service, await pack(folder), 'npm')
  for (const set of [...sets, ...sets]) {
    pin(service, set, 'npm')
    for (const args of [INSTALL, ['dedupe', '--no-audit', '--no-fund', '--prefer-offline']]) {
      const step = await command('npm', args, service)
      expect(step, step.output).toMatchObject({ code: 0 })
    }
    expectOneCopyOfEach(service, set)
  }
})
