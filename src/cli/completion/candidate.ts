/** A word that can stand somewhere on a command line. */
export interface Candidate {
  readonly value: string
  readonly description?: string | undefined
}
