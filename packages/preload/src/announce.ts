import type { Configuration } from './configuration/configuration.ts'
import { say, sayPlainly } from './say.ts'
import { describeAsJson, describePage, describeRecording, type Started } from './start-line.ts'

/** Says the one line at start, in the form that was asked for. `url` is undefined where there is no page. */
export function announce(url: string | undefined, started: Started, configuration: Configuration): void {
  switch (configuration.startLine) {
    case 'off':
      return
    case 'json':
      return sayPlainly(describeAsJson(url, started))
    case 'text':
      return say(url === undefined ? describeRecording(started) : describePage(url, started, configuration))
  }
}
