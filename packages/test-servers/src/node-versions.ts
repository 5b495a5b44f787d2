/** The Node releases that tests run apps on, one a line that is in use; each is a version of the npm package `node`. */
export const nodeVersions = {
  20: '20.20.2',
  22: '22.23.3',
  24: '24.21.0',
  // The toolchain's own, which the root's package.json names too.
  26: '26.10.0',
} as const

export type NodeMajor = keyof typeof nodeVersions
