/** Why an endpoint ends a run, and what the user can do: nothing is lost, so that the run goes on from there. */
import type { CallFailure, FailureCause } from '../domain/index.ts'
import { AssayError } from '../stats/index.ts'

export type EndpointErrorCode =
  | 'key-refused'
  | 'model-unknown-to-endpoint'
  | 'endpoint-not-reachable'
  | 'endpoint-asks-to-wait-long'
  | 'endpoint-keeps-failing'

export function endpointError(
  code: EndpointErrorCode,
  { name, model }: { readonly name: string; readonly model: { readonly endpoint: string } },
  { failure, inARow }: { readonly failure: CallFailure; readonly inARow?: number },
): AssayError {
  const { cause, detail, retryAfterMs } = failure
  const asked = retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 60_000)
  const times = inARow === undefined ? '' : `${inARow} calls in a row failed, the last with `
  const wait = code === 'endpoint-asks-to-wait-long' ? `, and asks to wait ${asked} minutes` : ''
  return new AssayError({
    code,
    message: `${code.replaceAll('-', ' ')}: ${name} at ${model.endpoint}: ${times}${detail}${wait}`,
    values: {
      model: name,
      endpoint: model.endpoint,
      cause,
      detail,
      ...(inARow === undefined ? {} : { inARow }),
      ...(asked === undefined ? {} : { minutes: asked }),
    },
    fix: code === 'endpoint-keeps-failing' ? fixOf(cause) : fixes[code],
  })
}

const fixes = {
  'key-refused': 'set the environment variable with the key of this endpoint, then resume the run',
  'model-unknown-to-endpoint': 'check the name of the model after the # or colon of its endpoint',
  'endpoint-not-reachable': 'check that the server runs at this address, then resume the run',
  'endpoint-asks-to-wait-long': 'resume the run after that time; only waits of up to an hour are waited for',
} as const

function fixOf(cause: FailureCause): string {
  switch (cause) {
    case 'rate-limit':
      return 'set --requests-per-minute or --concurrency to what the endpoint allows, then resume the run'
    case 'timeout':
      return 'lower --concurrency or raise timeoutMs in the options of the model, then resume the run'
    case 'bad-request':
      return 'read what the endpoint refuses: where a setting of the protocol is the cause correct it in a new run, else resume'
    case 'not-recorded':
      return 'check that the log after replay: holds answers to the items of this protocol'
    default:
      return 'mend the endpoint, then resume the run: the cells that failed are asked again'
  }
}
