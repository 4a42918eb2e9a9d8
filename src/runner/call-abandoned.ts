/** Thrown where the run ends before a call was made; its cell stays open. */
export class CallAbandoned extends Error {
  constructor() {
    super('the run ended before the call was made')
  }
}
