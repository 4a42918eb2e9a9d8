/** What is asked of a plan of detectable effects. */
export interface MdePlanInput {
  /** Variances of the paired difference, per item and per response, from a pilot or as given. */
  readonly components: DifferenceComponents
  /** Undefined where only a budget or a wanted effect is given. */
  readonly items: number | undefined
  /** Responses per item and system. */
  readonly repeats: number
  /** Wanted detectable effect; undefined where none was named. */
  readonly effect: number | undefined
  readonly designEffect: number
  readonly alpha: number
  readonly power: number
  readonly budget: Budget | undefined
}

export interface DifferenceComponents {
  readonly item: number
  readonly responseA: number
  /** 0 where one system is held against a fixed value. */
  readonly responseB: number
  /** How the difference varies between variants of the prompt, and their interaction with items; 0 for one fixed prompt. */
  readonly variant: number
  readonly interaction: number
  /** Systems that answer every item: 1 or 2. */
  readonly systems: 1 | 2
  /** Present where judges are drawn at random: how the difference varies between them, and the noise of one judgement. */
  readonly judging?: { readonly judge: number; readonly itemJudge: number; readonly judgement: number } | undefined
}

export interface Budget {
  readonly total: number
  readonly perItem: number
  readonly perVariant: number
  /** Of one response of one system. */
  readonly perResponse: number
  readonly perJudge: number
  /** Of one judgement of one response. */
  readonly perJudgement: number
  /** Items and judges at hand; undefined where the budget alone bounds them. */
  readonly mostItems: number | undefined
  readonly mostJudges: number | undefined
}
