/** Stock sentences with which models decline. Used only where no answer was read: it names the reason, never a score. */

/**
 * Whether a reply is nothing but a refusal. Short replies that begin with one; a long reply that begins so may still answer.
 *
 * readsAsRefusal("I'm sorry, but I can't help with that.") // => true
 */
export function readsAsRefusal(text: string): boolean {
  const plain = text.normalize('NFKC').replace(/[’‘]/g, "'").trim()
  return plain.length <= 400 && refusal.test(plain)
}

const refusal =
  /^(?:(?:i'm|i am) (?:very |really )?sorry|sorry|i apologi[sz]e|unfortunately)?[\s,.;:—-]*(?:but )?(?:i|we) (?:can(?:'t|not| not)|won't|will not|am (?:unable|not able) to|'m (?:unable|not able) to|must decline|have to decline|decline)\b[^.\n]{0,30}\b(?:help|assist|answer|provide|comply|do that|discuss|fulfil+|continue|engage|support|with (?:that|this))/iu
