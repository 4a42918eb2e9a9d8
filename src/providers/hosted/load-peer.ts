/** Loads an optional package, or says how to install it. */
import { fail } from '../../stats/fail.ts'

export async function loadPeer<Package>(load: () => Promise<Package>, packages: string): Promise<Package> {
  try {
    return await load()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')
      fail('package-not-installed', { packages }, `npm install ${packages}`)
    throw error
  }
}
