import promClient from 'prom-client'
import { expect, test } from 'vitest'
import * as ours from '../../src/prom-client/index.ts'
import { type Client, runProgram } from './random-program.ts'

test('200 random programs see what they see with prom-client: pages, readings, aggregates and errors', async () => {
  for (let seed = 1; seed <= 200; seed++) {
    const theirs = await runProgram(promClient, seed, 150)
    expect({ seed, seen: await runProgram(ours as unknown as Client, seed, 150) }).toEqual({
      seed,
      seen: theirs,
    })
  }
})
