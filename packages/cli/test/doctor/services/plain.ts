import { EXPRESS, FASTIFY } from './apps.ts'
import type { Row } from './row.ts'

/** Services that know nothing of Tutti, each of another kind: what `tutti init` is given. */
export const PLAIN: readonly Row[] = [
  {
    name: 'plain-express',
    found: [
      'TUTTI202 Dockerfile:5',
      'TUTTI203 k8s/deployment.yaml:13',
      'TUTTI201 package.json:5',
      'TUTTI207 Procfile:1',
    ],
    files: {
      'package.json': `{\n    "name": "plain-express",\n    "scripts": {\n        "test": "node --test",\n        "start": "NODE_ENV=production node --enable-source-maps server.js"\n    },\n    "dependencies": {\n        "express": "5.3.0"\n    }\n}\n`,
      'server.js': EXPRESS,
      Dockerfile:
        'FROM node:24-alpine AS base\nWORKDIR /app\nFROM base\nCOPY . .\nCMD [ "node", "server.js" ]\n',
      'k8s/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: plain-express
spec:
  template:
    spec:
      containers:
        - name: app
          # ours
          image: registry.example/plain-express:1
          command:
            - node
            - server.js
          ports:
            - containerPort: 3000
`,
      Procfile: 'web: node server.js\n',
    },
  },
  {
    name: 'plain-esm',
    found: ['TUTTI204 compose.yaml:4'],
    files: {
      'package.json':
        '{\n  "name": "plain-esm",\n  "type": "module",\n  "main": "server.js",\n  "dependencies": {\n    "fastify": "5.12.8"\n  }\n}\n',
      'server.js': FASTIFY,
      'compose.yaml': 'services:\n  shop:\n    image: node:24\n    command: ["node", "server.js"]\n',
    },
  },
  {
    name: 'plain-typescript',
    found: ['TUTTI201 package.json:5'],
    files: {
      'package.json':
        '{\n  "name": "plain-typescript",\n  "type": "module",\n  "scripts": {\n    "start": "tsx src/server.ts"\n  },\n  "dependencies": {\n    "fastify": "5.12.8",\n    "tsx": "4.23.15"\n  }\n}\n',
      'src/server.ts': `${FASTIFY}export type Order = { id: string }\n`,
      'tsconfig.json': '{}\n',
    },
  },
  {
    name: 'plain-pm2',
    found: ['TUTTI206 ecosystem.config.cjs:3'],
    files: {
      'package.json':
        '{\n\t"name": "plain-pm2",\n\t"scripts": {\n\t\t"start": "pm2-runtime ecosystem.config.cjs"\n\t},\n\t"dependencies": {\n\t\t"express": "5.3.0"\n\t}\n}\n',
      'server.js': EXPRESS,
      'ecosystem.config.cjs':
        "module.exports = {\n  apps: [\n    { name: 'shop', script: 'server.js', instances: 2, exec_mode: 'cluster' },\n  ],\n}\n",
    },
  },
  {
    name: 'plain-next',
    found: ['TUTTI201 package.json:5'],
    files: {
      'package.json':
        '{\n  "name": "plain-next",\n  "scripts": {\n    "dev": "next dev",\n    "start": "next start -p 3000"\n  },\n  "dependencies": {}\n}\n',
      'next.config.mjs': "export default { output: 'standalone' }\n",
    },
  },
]
