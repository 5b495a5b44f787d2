import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: [
    'src/main.ts',
    'src/formats/ready-page.ts',
    'src/hot-path/worker.ts',
    'src/load/node-load-process.ts',
    'src/scrape/fleet.ts',
    'src/scrape/member.ts',
  ],
  format: ['esm'],
  target: 'node22',
  // dist mirrors src, because the processes are started by file.
  unbundle: true,
  dts: false,
})
