/** Samples several replies and gives the one a verifier prefers. */
import { z } from 'zod'
import {
  type Attempt,
  atTemperature,
  type Candidate,
  defineTechnique,
  gradeRequest,
  inOrder,
  type RenderState,
  readVerdict,
  reasonFirst,
  type Sample,
  samplesInTurn,
  settleOutcome,
  type TechniqueContext,
  unchanged,
} from '../../domain/index.ts'

const parameters = z.strictObject({
  samples: z.int().min(2).max(100).default(5).describe('replies to choose from'),
  temperature: z.number().gt(0).max(2).default(0.7).describe('above 0, or all replies would be one'),
  reasoning: z.enum(['first', 'none']).default('none').describe('whether replies reason before they answer'),
  verifier: z
    .enum(['judge', 'self', 'oracle'])
    .describe(
      'a judge of the protocol, the model itself, or the targets: for "oracle" add the scorer best-candidate, which says what a perfect verifier would reach',
    ),
  judge: z.string().min(1).optional().describe('which judge; the first where absent'),
  criterion: z
    .string()
    .min(1)
    .default('whether the reply answers the question correctly and completely')
    .describe('what the verifier grades'),
  compare: z.enum(['text', 'number']).default('text').describe('when answers to open questions count as the same'),
})

type Parameters = z.infer<typeof parameters>

/** With an oracle the first reply is given, as one sample would be: the choice among them is the scorer's, and flagged. */
export const bestOfN = defineTechnique({
  name: 'best-of-n',
  title: 'Best of n',
  version: 1,
  summary: 'Samples several replies and gives the one that a verifier grades best.',
  parameters,
  references: ['Cobbe et al. 2021, arXiv 2110.14168', 'Chen et al. 2021, arXiv 2107.03374'],
  needs: [],
  plan: ({ samples, verifier }) => ({ callsPerCell: verifier === 'oracle' ? samples : 2 * samples, callsOnce: 0 }),
  fit: async () => undefined,
  solve: async ({ item, parameters: given, context }): Promise<Attempt> => {
    const { samples: count, temperature, reasoning, compare } = given
    const question = context.render(unchanged).state
    const request = {
      item,
      asking: context,
      change: inOrder(reasoning === 'first' ? reasonFirst : unchanged, atTemperature(temperature)),
      purpose: 'solve',
      form: reasoning === 'first' ? 'marked' : 'bare',
      comparison: compare,
    } as const
    const samples = await samplesInTurn(Array.from({ length: count }, () => request))
    const verified =
      given.verifier === 'oracle' ? samples.map(ungraded) : await grade({ samples, question, given, context })
    return chosen(verified, given.verifier)
  },
})

interface Graded {
  readonly sample: Sample
  readonly candidate: Candidate
  /** A call of the verifier that failed. */
  readonly failed: string | undefined
}

function ungraded(sample: Sample): Graded {
  return { sample, candidate: sample.candidate, failed: undefined }
}

const verdict = { word: 'Score', choices: Array.from({ length: 11 }, (_, score) => String(score)) }

async function grade(options: {
  readonly samples: readonly Sample[]
  readonly question: RenderState
  readonly given: Parameters
  readonly context: TechniqueContext
}): Promise<readonly Graded[]> {
  const { samples, question, given, context } = options
  const graded: Graded[] = []
  for (const [index, sample] of samples.entries()) {
    if (sample.outcome.kind === 'none') {
      graded.push(ungraded(sample))
      continue
    }
    const request = gradeRequest({
      task: `Grade a reply from 0 to 10: ${given.criterion}.`,
      sections: [
        { title: 'question', text: questionText(question) },
        { title: 'reply', text: sample.outcome.response.text },
      ],
      verdict,
      random: context.random.split('verify').split(index),
    })
    const outcome = settleOutcome(
      given.verifier === 'judge' ? await context.judge(request, given.judge) : await context.call(request, 'verify'),
    )
    const failed = outcome.kind === 'none' && outcome.state === 'failed' ? outcome.reason : undefined
    const said = outcome.kind === 'reply' ? readVerdict(outcome.response.text, verdict).lenient : undefined
    // What was not understood is no grade: never a middle one, never zero.
    const score = said === undefined ? undefined : Number(said)
    graded.push({ sample, candidate: { ...sample.candidate, score }, failed })
    if (failed !== undefined) break
  }
  return graded
}

/** The best graded reply, of equal ones the first. Without any grade there is no choice, and so no answer. */
function chosen(graded: readonly Graded[], verifier: Parameters['verifier']): Attempt {
  const candidates = graded.map(({ candidate }) => candidate)
  const exemplarIds = [...new Set(graded.flatMap(({ sample }) => sample.exemplarIds))]
  const broken = graded.flatMap(({ sample: { outcome }, failed }) =>
    failed !== undefined ? [failed] : outcome.kind === 'none' && outcome.state === 'failed' ? [outcome.reason] : [],
  )
  if (broken[0] !== undefined) return { state: 'failed', reason: broken[0], candidates, exemplarIds }
  const replies = graded.filter(({ sample }) => sample.outcome.kind === 'reply')
  const [first] = replies
  if (first === undefined) {
    const outcome = graded[0]?.sample.outcome
    if (outcome?.kind !== 'none') throw new Error('no samples were taken')
    return { state: outcome.state, reason: outcome.reason, candidates, exemplarIds }
  }
  if (verifier !== 'oracle' && candidates.every(({ score }) => score === undefined))
    return { state: 'failed', reason: 'verifier-unread', candidates, exemplarIds }
  const best = replies.reduce((top, next) => ((next.candidate.score ?? -1) > (top.candidate.score ?? -1) ? next : top))
  const { text, answer, formKept } = best.sample
  return { state: 'answered', text, answer, formKept, candidates, exemplarIds }
}

function questionText(state: RenderState): string {
  const options = state.options.map(({ label, text }) => `${label}. ${text}`)
  return [state.context ?? '', state.question, ...options].filter((text) => text !== '').join('\n')
}
