/** The crossed logit by quadrature over its two finest factors, from its Laplace fit. */
import { bfgs } from '../optimize/bfgs.ts'
import type { OnProgress } from '../progress.ts'
import { interiorInverse, inverseCurvature } from './deviance-curvature.ts'
import type { LogitRows, UnitRows } from './laplace-deviance.ts'
import { NestedQuadrature, nodesApart } from './nested-quadrature.ts'
import { unitInfluence } from './unit-influence.ts'

export interface QuadratureFit {
  /** θ of each factor in the order of `rows.unknowns`: those not integrated over keep Laplace's. */
  readonly scales: Float64Array
  readonly coefficients: Float64Array
  /** Inverse curvature of the deviance with the coefficients last. */
  readonly inverse: Float64Array
  readonly influence: Float64Array | undefined
}

/** Logistic functions that a fit may take: about 10 s. */
const mostWork = 4e8

/** θ beyond it says that levels decide nearly everything: neither quadrature nor contrasts in log odds mean much there. */
const mostDeviation = 8

/**
 * Undefined where the fit would take too long, does not converge or has no curvature, or where a unit holds parts of an outer level.
 *
 * `rows.unknowns` starts with the factor of most levels; `point` is Laplace's (θ of each factor, β). The factor that holds whole levels of
 * the first is integrated over too; θ of the others, whose levels have many responses, stays Laplace's.
 */
export function quadratureFit(
  {
    rows,
    point,
    units,
  }: { readonly rows: LogitRows; readonly point: Float64Array; readonly units: UnitRows | undefined },
  onProgress?: OnProgress,
): QuadratureFit | undefined {
  const factors = rows.unknowns.length
  const scales = point.slice(0, factors).map(Math.abs)
  const holding = rows.unknowns.findIndex((unknown, f) => f > 0 && holds(unknown, rows.unknowns[0]))
  const outer = holding < 0 ? undefined : holding
  const integrated = outer === undefined ? [0] : [outer, 0]
  const largest = Math.max(...integrated.map((f) => scales[f] ?? 0))
  // Laplace leans low, so that θ may be half as large again: both steps then leave an error of about 1e-5.
  const nodes = nodesApart(largest < 2.5 ? 0.4 : 0.2)
  const deviance = new NestedQuadrature({ rows, inner: 0, outer, scales, nodes })
  if (deviance.work * (4 * deviance.size + 40) > mostWork) return undefined
  let evaluated = 0
  const evaluate = (at: Float64Array) => {
    onProgress?.({ done: evaluated++, total: undefined })
    return deviance.evaluate(at)
  }
  const start = new Float64Array(deviance.size)
  // At θ = 0 the slope in θ is 0, whatever the data say.
  for (const [at, f] of integrated.entries()) start[at] = Math.max(0.3, scales[f] ?? 0)
  start.set(point.subarray(factors), deviance.size - rows.columns)
  const fit = bfgs({
    start,
    inverseHessian: inverseCurvature({ evaluate, point: start }),
    evaluate,
    tolerance: 1e-8,
    maximumEvaluations: 200,
  })
  const inverse = interiorInverse({ evaluate, point: fit.point, columns: deviance.size - integrated.length })
  if (!fit.converged || inverse === undefined) return undefined
  if (integrated.some((_, at) => Math.abs(fit.point[at] ?? Number.NaN) > mostDeviation)) return undefined
  for (const [at, f] of integrated.entries()) scales[f] = Math.abs(fit.point[at] ?? Number.NaN)
  const gradients = units === undefined ? undefined : deviance.unitGradients(fit.point, units)
  if (units !== undefined && gradients === undefined) return undefined
  return {
    scales,
    coefficients: fit.point.slice(deviance.size - rows.columns),
    inverse,
    influence:
      gradients === undefined
        ? undefined
        : unitInfluence({ gradients: centred(gradients, deviance.size), inverse, columns: rows.columns }),
  }
}

/** Whether each level of `inner` lies in one level of `outer`. */
function holds(outer: Int32Array, inner: Int32Array | undefined): boolean {
  const outerOf = new Map<number, number>()
  return (inner ?? []).every((level, row) => {
    const known = outerOf.get(level) ?? outer[row] ?? -1
    outerOf.set(level, known)
    return known === outer[row]
  })
}

/** Units’ gradients add up to minus the slope of the penalty; about their mean they add up to 0. */
function centred(gradients: Float64Array, size: number): Float64Array {
  const units = gradients.length / size
  const means = new Float64Array(size)
  for (let at = 0; at < gradients.length; at++)
    means[at % size] = (means[at % size] ?? 0) + (gradients[at] ?? 0) / units
  return gradients.map((value, at) => value - (means[at % size] ?? 0))
}
