/**
 * The new report with those sections of an old one that it does not have, in the old one's order: a part can be
 * measured again alone. What was measured on another machine, or with other versions, is not kept: the head says both.
 */
export function keepSections(old: string, report: string): string {
  const [oldHead = '', ...oldSections] = split(old)
  const [head = '', ...sections] = split(report)
  if (oldHead.trim() !== head.trim()) return report
  const byTitle = new Map([...oldSections, ...sections].map(section => [titleOf(section), section]))
  return [head, ...byTitle.values()].map(part => part.trimEnd()).join('\n\n')
}

function split(text: string): string[] {
  return text.split(/^(?=## )/m)
}

function titleOf(section: string): string {
  return section.slice(0, section.indexOf('\n'))
}
