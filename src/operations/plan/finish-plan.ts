/** Turns a plan into what a verb returns: JSON with every number, text for a terminal, and files where asked for. */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type PlanDocument, renderPlanHtml, renderPlanTerminal } from '../../report/index.ts'
import { packageVersion } from '../../store/package-version.ts'
import { replaceFiles } from '../../store/replace-files.ts'
import type { Complaint, OperationContext, OperationResult } from '../operation.ts'

export interface PlanResult extends OperationResult {
  readonly document: PlanDocument
}

export interface FinishedPlan {
  readonly kind: 'rate' | 'threshold' | 'compare' | 'mde'
  /** What was asked, after parsing. */
  readonly input: object
  /** Every number at full precision. */
  readonly plan: object
  readonly document: PlanDocument
  /** Folder for the files; undefined where none are wanted. */
  readonly out: string | undefined
  readonly complaints: readonly Complaint[]
  readonly context: OperationContext
}

export async function finishPlan(finished: FinishedPlan): Promise<PlanResult> {
  const { kind, input, plan, document, out, complaints, context } = finished
  const version = packageVersion()
  const { title, answer, notes } = document
  const json = `${JSON.stringify({ schemaVersion: 1, assay: { version }, verb: `plan ${kind}`, title, input, plan, answer, assumptions: notes }, refuseNonFinite, 1)}\n`
  const folder = out === undefined ? undefined : resolve(context.workingDirectory, out)
  if (out !== undefined && folder !== undefined) {
    await replaceFiles({
      folder,
      shownAs: out,
      files: { 'plan.html': await renderPlanHtml(document, { version }), 'plan.json': json },
      signature: { file: 'plan.json', isOurs: (head) => /^\{\s*"schemaVersion": \d+,\s*"assay": \{/.test(head) },
      signal: context.signal,
    })
  }
  const pagePath = folder === undefined ? undefined : pathToFileURL(resolve(folder, 'plan.html')).href
  return {
    document,
    exitCode: complaints.length > 0 ? 2 : 0,
    json,
    text: (terminal) => renderPlanTerminal(document, { ...terminal, pagePath }),
    complaints,
  }
}

/** A number that JSON cannot hold is a bug here: plans refuse what they cannot compute. */
function refuseNonFinite(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`plan member "${key}" is ${value}`)
  return value
}
