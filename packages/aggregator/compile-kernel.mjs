/** `npm run kernel`: compiles what adds histograms (src/merge/histogram-kernel.wat) into the source. */
import { readFileSync, writeFileSync } from 'node:fs'
import wabt from 'wabt'

const SOURCE = new URL('src/merge/histogram-kernel.wat', import.meta.url)
const COMPILED = new URL('src/merge/histogram-kernel-bytes.ts', import.meta.url)

/** The text of the compiled file. */
export async function compileKernel() {
  const { parseWat } = await wabt()
  const { buffer } = parseWat('histogram-kernel.wat', readFileSync(SOURCE, 'utf8')).toBinary({})
  const base64 = Buffer.from(buffer).toString('base64')
  return `/** histogram-kernel.wat, compiled: made by \`npm run kernel\`. */
export const HISTOGRAM_KERNEL: string =
  '${base64}'
`
}

if (import.meta.main) writeFileSync(COMPILED, await compileKernel())
