/** The registration that belongs to a protocol file, and how the executed protocol differs from it. */
import { resolve } from 'node:path'
import { protocolDeviations, type RegisteredProtocol } from '../../domain/index.ts'
import { fileExists } from '../../store/file-exists.ts'
import { readRegistration, signingKey } from '../../store/registration.ts'
import type { ProtocolInRun } from '../../store/run-folder.ts'

/** `study.yaml` → `study.registered.json`, in the same folder. */
export function registrationPath(protocolPath: string): string {
  return protocolPath.replace(/\.[^./\\]+$/, '').concat('.registered.json')
}

export function findRegistration(options: {
  readonly protocolPath: string
  readonly protocol: ProtocolInRun
  readonly workingDirectory: string
}): RegisteredProtocol | undefined {
  const shownAs = registrationPath(options.protocolPath)
  const path = resolve(options.workingDirectory, shownAs)
  if (!fileExists(path)) return undefined
  const registration = readRegistration(path, shownAs)
  const { hash, time, protocol } = registration
  const key = signingKey(registration)
  return {
    hash,
    time,
    signed: key !== undefined,
    ...(key === undefined ? {} : { key }),
    deviations: protocolDeviations(protocol, options.protocol),
  }
}
