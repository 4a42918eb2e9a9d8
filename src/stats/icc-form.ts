/** Which intraclass correlation. */

/**
 * `1`: one-way, measurements of an item interchangeable (reruns). `A`: absolute agreement, other columns of the same kind
 * would have been as good (prompts, judges); Shrout and Fleiss' (2,·). `C`: consistency, these columns only; their (3,·).
 * The second letter: one measurement, or the average of the k at hand.
 */
export type IccForm = '(1,1)' | '(A,1)' | '(C,1)' | '(1,k)' | '(A,k)' | '(C,k)'
