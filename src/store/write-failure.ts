/** What a disk refuses, as an error with its fix. Anything else is given back as it is: a bug of ours stays one. */
import { AssayError } from '../stats/fail.ts'

const refusals: Readonly<Record<string, readonly [code: string, fix: string]>> = {
  ENOSPC: ['disk-full', 'free some space'],
  EDQUOT: ['disk-quota-reached', 'free some space, or have the quota raised'],
  EFBIG: ['file-size-limit-reached', 'raise the limit on the size of a file (ulimit -f)'],
  EACCES: ['not-writable', 'choose a place that you may write to'],
  EPERM: ['not-writable', 'choose a place that you may write to'],
  EROFS: ['not-writable', 'choose a place that you may write to'],
  ENOTDIR: ['not-a-folder', 'choose a path whose parts are folders'],
  EIO: ['disk-failing', 'check the disk; what was written before stays'],
}

export function writeFailure(error: unknown, to: { readonly path: string; readonly retry: string }): unknown {
  const reason = error instanceof Error && 'code' in error ? String(error.code) : ''
  const [code, fix] = refusals[reason] ?? []
  if (code === undefined || fix === undefined) return error
  return new AssayError({
    code,
    message: `${code.replaceAll('-', ' ')}: ${to.path} (${reason})`,
    values: { path: to.path, reason },
    fix: `${fix}, then ${to.retry}`,
    cause: error,
  })
}
