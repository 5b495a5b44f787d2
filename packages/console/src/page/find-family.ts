import type { Family, Page } from './page.ts'

/**
 * The family of a metric, by its name on a page of the default strategy, whichever strategy the page was written with:
 * with suffixes or without, dots or underscores.
 */
export function findFamily(page: Page, name: string): Family | undefined {
  let families = byName.get(page)
  if (families === undefined) {
    families = new Map(page.families.map(family => [plain(family.name), family]))
    byName.set(page, families)
  }
  return families.get(plain(name))
}

/** The only sample of a family; NaN without it. */
export function single(page: Page, name: string): number {
  return findFamily(page, name)?.samples[0]?.value ?? Number.NaN
}

const byName: WeakMap<Page, Map<string, Family>> = new WeakMap()

/** Without what strategies differ in. */
export function plain(name: string): string {
  return name
    .replaceAll(/[^a-zA-Z0-9]/g, '_')
    .replace(/_total$/, '')
    .replace(/_(seconds|bytes|ratio)$/, '')
}
