/** A line about a Node that is older than what is tested; everything is tried there all the same. */
export function unsupportedNode(version: string): string[] {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 15)) return []
  return [`Node ${version} is not supported (22.15 or newer is); metrics are recorded as far as it goes`]
}
