/** How much of long lists a page shows. What is left out is counted on the page and complete in report.json. */
export interface PageLimits {
  readonly evidence: number
  readonly tableRows: number
  readonly figureRows: number
  readonly problems: number
  readonly runs: number
  readonly reproductions: number
  readonly drawingBytes: number
}

/** Tried in order until the page is small enough. */
export const pageLimits: readonly PageLimits[] = [
  {
    evidence: 80,
    tableRows: 100,
    figureRows: 120,
    problems: 60,
    runs: 100,
    reproductions: 150,
    drawingBytes: 1_300_000,
  },
  { evidence: 40, tableRows: 40, figureRows: 60, problems: 40, runs: 40, reproductions: 80, drawingBytes: 1_000_000 },
  { evidence: 15, tableRows: 20, figureRows: 25, problems: 25, runs: 20, reproductions: 40, drawingBytes: 700_000 },
  { evidence: 5, tableRows: 8, figureRows: 8, problems: 12, runs: 8, reproductions: 15, drawingBytes: 400_000 },
  { evidence: 1, tableRows: 2, figureRows: 2, problems: 5, runs: 3, reproductions: 5, drawingBytes: 100_000 },
]

export const mostPageBytes = 2_900_000
