/** Compares the codes that sources use with the codes that have words. */
import { moduleFacts, type SourceFile } from './module-facts.ts'

export interface MessageCodeReport {
  /** `path: code`, for codes that would throw when a reader is to see them. */
  readonly withoutWords: readonly string[]
  /** Words that nothing emits. */
  readonly unused: readonly string[]
  readonly used: number
}

/** `codes` are the codes with words; files of `src/domain/messages` and tests do not count as users. */
export function checkMessageCodes(files: readonly SourceFile[], codes: readonly string[]): MessageCodeReport {
  const known = new Set(codes)
  const mentioned = new Set<string>()
  const used = new Set<string>()
  const endings = new Set<string>()
  const withoutWords: string[] = []
  for (const file of files) {
    if (!file.path.endsWith('.ts') || file.path.endsWith('.test.ts')) continue
    if (file.path.startsWith('src/domain/messages/')) continue
    const facts = moduleFacts(file)
    for (const literal of facts.literals) mentioned.add(literal)
    for (const ending of facts.codeEndings) endings.add(ending)
    for (const code of facts.messageCodes) {
      used.add(code)
      if (!known.has(code)) withoutWords.push(`${file.path}: ${code}`)
    }
  }
  const isMentioned = (code: string): boolean =>
    mentioned.has(code) || [...endings].some((end) => code.endsWith(end) && mentioned.has(code.slice(0, -end.length)))
  return { withoutWords, unused: codes.filter((code) => !isMentioned(code)), used: used.size }
}
