export function samplesOf(text: string): string[] {
  return text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
}

export function say(what: string, value: unknown): void {
  console.log(`${what}: ${value}`)
}
