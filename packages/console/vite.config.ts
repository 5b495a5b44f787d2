import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { defineConfig, type Plugin, type UserConfig } from 'vite'

const outDir = 'dist/app'
const assetsDir = '-/console'

/** The exposer compresses nothing for the console: what it sends is compressed here, once. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  closeBundle() {
    for (const folder of [outDir, join(outDir, assetsDir)]) {
      for (const name of readdirSync(folder).filter(each => /\.(html|js|css|svg|txt)$/.test(each))) {
        const file = join(folder, name)
        writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }))
      }
    }
  },
}

// Paths are relative: a proxy may serve the console below a path of its own.
const config: UserConfig = defineConfig({
  base: './',
  plugins: [compressed],
  build: {
    outDir,
    assetsDir,
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: 0,
    license: { fileName: `${assetsDir}/licenses.txt` },
  },
  // `npm run dev` shows the service that runs on the usual port.
  server: { proxy: { '/metrics': 'http://127.0.0.1:9464', '/-/workers': 'http://127.0.0.1:9464' } },
})

export default config
