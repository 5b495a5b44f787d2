/** The platform packages that others want and that a lock file does not hold, with entries for them. */
export function missingPlatformPackages(packages) {
  return Object.entries(packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      // Platform packages are wanted in one exact version; a range could not be resolved here.
      .filter(([name, version]) => /^\d/.test(version) && nearest(packages, path, name)?.version !== version)
      .map(([name, version]) => ({
        path: packages[`node_modules/${name}`] ? `${path}/node_modules/${name}` : `node_modules/${name}`,
        entry: platformEntry(name, version, entry.dev),
      })),
  )
}

// The package that Node would find from a folder: in its own node_modules, else in those above it.
function nearest(packages, path, name) {
  const found = packages[`${path ? `${path}/` : ''}node_modules/${name}`]
  if (found || path === '') return found
  return nearest(packages, path.slice(0, Math.max(0, path.lastIndexOf('node_modules/') - 1)), name)
}

const systems = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
]
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']
const otherNames = { windows: 'win32', 64: 'x64' }

// Such packages say in their names what they are for.
function platformEntry(name, version, dev) {
  const parts = name.split(/[/-]/).map(part => otherNames[part] ?? part)
  const os = parts.filter(part => systems.includes(part))
  const cpu = parts.filter(part => processors.includes(part))
  const libc = parts
    .flatMap(part => /^(musl|gnu)/.exec(part)?.[1] ?? [])
    .map(found => (found === 'gnu' ? 'glibc' : found))
  return {
    version,
    ...(cpu.length > 0 && { cpu }),
    ...(dev && { dev }),
    ...(os.includes('linux') && libc.length > 0 && { libc }),
    optional: true,
    ...(os.length > 0 && { os }),
  }
}
