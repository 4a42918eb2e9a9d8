/** Takes samples one after another, so that their order is the same in every run; stops at the first failed call. */
import { type Sample, type SampleRequest, takeSample } from './take-sample.ts'

export async function samplesInTurn(requests: readonly SampleRequest[]): Promise<readonly Sample[]> {
  const samples: Sample[] = []
  for (const request of requests) {
    const sample = await takeSample(request)
    samples.push(sample)
    if (sample.outcome.kind === 'none' && sample.outcome.state === 'failed') break
  }
  return samples
}
