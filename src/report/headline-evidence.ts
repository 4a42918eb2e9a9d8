import type { SectionRecord } from './document.ts'
import type { EvidenceRecord } from './record/evidence-record.ts'

/** The number that stands beside a section's leading sentence. */
export function headlineEvidence({ headlineFrom, analyses }: SectionRecord): EvidenceRecord | undefined {
  return analyses
    .find(({ name }) => name === headlineFrom?.analysis)
    ?.evidence.find(({ key }) => key === headlineFrom?.evidence)
}
