import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../temporary-directory.ts'

const folder = fileURLToPath(new URL('../../../', import.meta.url))

/** Which files of the built package are loaded, before and after somebody asks. */
const SCRIPT = `
const { startExposer, SharedMeterProvider } = require('./dist/index.cjs')
const loaded = () => Object.keys(require.cache).filter(name => name.includes('serve-console')).length
async function main() {
  const directory = process.argv[1]
  const provider = new SharedMeterProvider({ directory })
  const { url, close } = await startExposer({ directory, port: 0, thread: false, console: true })
  const ask = async path => (await (await fetch(new URL(path, url))).text(), loaded())
  console.log(JSON.stringify([loaded(), await ask('/metrics'), await ask('/-/ready'), await ask('/none'), await ask('/')]))
  await close()
  await provider.shutdown()
}
main()
`

test('nothing that serves the console is loaded before somebody asks for it', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', SCRIPT, temporaryDirectory()], {
    cwd: folder,
    timeout: 50_000,
  })
  expect(JSON.parse(stdout)).toEqual([0, 0, 0, 0, 1])
})
