/** The tables of `judge-agreement`. */
import { formatInterval, type Table } from '../../../domain/index.ts'
import type { Outcome } from '../../../stats/index.ts'
import type { PanelAgreement } from './panel-agreement.ts'
import { named } from './statements.ts'

export function agreementTable(agreements: readonly PanelAgreement[], limit: number): Table {
  return {
    title: 'Agreement of all raters of a panel',
    columns: [
      { key: 'panel', label: 'Responses judged', format: 'text' },
      { key: 'raters', label: 'Raters', format: 'text' },
      { key: 'units', label: 'Items', format: 'count' },
      { key: 'scale', label: 'Scale', format: 'text' },
      { key: 'alpha', label: 'Krippendorff’s α', format: 'number' },
      { key: 'interval', label: 'Interval of α', format: 'text' },
      { key: 'fleiss', label: 'Fleiss’ κ', format: 'number' },
      { key: 'fleissInterval', label: 'Interval of κ', format: 'text' },
      { key: 'gwet', label: 'Gwet’s AC1', format: 'number' },
      { key: 'gwetInterval', label: 'Interval of AC1', format: 'text' },
      { key: 'uniform', label: 'Brennan–Prediger', format: 'number' },
      { key: 'uniformInterval', label: 'Interval of it', format: 'text' },
    ],
    rows: agreements.slice(0, limit).map(({ panel, alpha, fleiss, gwet, uniform }) => ({
      panel: named(panel),
      raters: panel.raters.length > 4 ? `${panel.raters.length} raters` : panel.raters.join(', '),
      units: panel.ratings.units,
      scale: panel.kind,
      alpha: estimated(alpha),
      interval: formatInterval(alpha, 'number'),
      fleiss: estimated(fleiss),
      fleissInterval: formatInterval(fleiss, 'number'),
      gwet: estimated(gwet),
      gwetInterval: formatInterval(gwet, 'number'),
      uniform: estimated(uniform),
      uniformInterval: formatInterval(uniform, 'number'),
    })),
    omittedRows: Math.max(0, agreements.length - limit),
  }
}

export function pairTable(agreements: readonly PanelAgreement[], limit: number): Table {
  const pairs = agreements.flatMap(({ panel, pairs: ofPanel }) => ofPanel.map((pair) => ({ panel, pair })))
  const left = agreements.reduce((sum, { leftOutPairs }) => sum + leftOutPairs, 0)
  return {
    title: 'Agreement of pairs of raters',
    columns: [
      { key: 'panel', label: 'Responses judged', format: 'text' },
      { key: 'first', label: 'First', format: 'text' },
      { key: 'second', label: 'Second', format: 'text' },
      { key: 'shared', label: 'Items both rated', format: 'count' },
      { key: 'observed', label: 'Observed agreement', format: 'rate' },
      { key: 'kappa', label: 'κ', format: 'number' },
      { key: 'interval', label: 'Interval of κ', format: 'text' },
      { key: 'most', label: 'Largest κ these margins allow', format: 'number' },
      { key: 'prevalence', label: 'Prevalence index', format: 'number' },
      { key: 'bias', label: 'Bias index', format: 'number' },
      { key: 'weighted', label: 'κ, quadratic weights', format: 'number' },
      { key: 'weightedInterval', label: 'Interval of it', format: 'text' },
    ],
    rows: pairs.slice(0, limit).map(({ panel, pair: { first, second, shared, plain, weighted } }) => ({
      panel: named(panel),
      first,
      second,
      shared,
      observed: plain.kind === 'kappa' ? plain.observedAgreement : null,
      kappa: plain.kind === 'kappa' ? estimated(plain.kappa) : null,
      interval: plain.kind === 'kappa' ? formatInterval(plain.kappa, 'number') : null,
      most: plain.kind === 'kappa' ? (plain.maximum ?? null) : null,
      prevalence: plain.kind === 'kappa' ? (plain.prevalenceIndex ?? null) : null,
      bias: plain.kind === 'kappa' ? (plain.biasIndex ?? null) : null,
      weighted: weighted?.kind === 'kappa' ? estimated(weighted.kappa) : null,
      weightedInterval: weighted?.kind === 'kappa' ? formatInterval(weighted.kappa, 'number') : null,
    })),
    omittedRows: Math.max(0, pairs.length - limit) + left,
  }
}

function estimated(outcome: Outcome): number | null {
  return outcome.kind === 'estimate' ? outcome.value : null
}
