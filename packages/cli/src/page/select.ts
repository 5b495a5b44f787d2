import type { Family, Page, Sample } from '@tutti/console'
import type { Option } from '../arguments/command.ts'
import { Failure } from '../arguments/failure.ts'
import type { Given } from '../arguments/given.ts'

export const NAME: Option = {
  name: 'name',
  short: 'n',
  value: '<text>',
  many: true,
  help: 'Only names that hold this text; with * the whole name is compared.',
}

export const LABEL: Option = {
  name: 'label',
  short: 'l',
  value: '<key=value>',
  many: true,
  help: 'Only series with this label; * stands for anything, key!=value for all others.',
}

/** The part of a page that `--name` and `--label` ask for. Several names: any of them; several labels: all. */
export function selector(given: Given): (page: Page) => Page {
  const names = given.list(NAME.name).map(nameMatcher)
  const labels = given.list(LABEL.name).map(labelMatcher)
  const wants = (family: Family) => names.length === 0 || names.some(matches => matches(family.name))
  return page => ({
    problems: page.problems,
    families: page.families
      .filter(wants)
      .map(family => ({
        ...family,
        samples: family.samples.filter(each => labels.every(fits => fits(each))),
      }))
      .filter(({ samples }) => labels.length === 0 || samples.length > 0),
  })
}

export function nameMatcher(text: string): (name: string) => boolean {
  if (!text.includes('*')) return name => name.includes(text)
  const pattern = glob(text)
  return name => pattern.test(name)
}

function labelMatcher(text: string): (sample: Sample) => boolean {
  const [, key, not, wanted] = /^([^=!]+)(!?)=(.*)$/.exec(text) ?? []
  if (key === undefined)
    throw new Failure(`--label is ${JSON.stringify(text)}. Write it as key=value or key!=value.`)
  const pattern = glob(wanted)
  // A label that is not there counts as empty, as in PromQL.
  return ({ labels }) => pattern.test(labels.get(key) ?? '') !== (not === '!')
}

function glob(text: string): RegExp {
  const parts = text.split('*').map(part => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's')
}
