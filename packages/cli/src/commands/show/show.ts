import type { Page } from '@tutti/console'
import { parsePage } from '@tutti/console'
import { EXIT, type ExitCode } from '../../arguments/command.ts'
import type { Given } from '../../arguments/given.ts'
import { selector } from '../../page/select.ts'
import { pageReader } from '../../source/read-page.ts'
import { chooseSource, describeSource } from '../../source/source.ts'
import { print, printJson, say } from '../../terminal/print.ts'
import { withProgress } from '../../terminal/progress.ts'
import { pageTable } from './page-table.ts'
import { plainPage } from './plain-page.ts'
import { watch } from './watch.ts'

/** Exit code 1 when nothing was asked for that is there, as `grep` has it. */
export async function run(given: Given): Promise<ExitCode> {
  const source = chooseSource(given.operands[0])
  const name = describeSource(source)
  const read = pageReader(source, given)
  const select = selector(given)
  const intervalSeconds = given.number('interval', { min: 0.1, max: 86_400, whole: false }) ?? 2
  const withScope = given.isOn('scope')
  const isWatching = given.isOn('watch')
  const showOnce = async (): Promise<Page> => {
    const page = select(parsePage(await withProgress(`reading ${name}`, read)))
    if (given.isOn('json')) printJson(plainPage(name, page), isWatching ? 0 : 2)
    else if (page.families.length > 0) print(pageTable(page, withScope))
    return page
  }
  if (isWatching) return watch(showOnce, { intervalSeconds, title: name, isJson: given.isOn('json') })

  const page = await showOnce()
  for (const { line, why } of page.problems.slice(0, 5))
    say(`tutti: line ${line} of ${name} is left out: ${why}.`)
  if (page.families.length > 0) return EXIT.ok
  say(`tutti: ${name} has no such metric. "tutti show" without --name and --label lists all.`)
  return EXIT.findings
}
