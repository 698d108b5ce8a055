/** Where a command's words go. Results go to standard output, everything else to standard error. */
export interface Output {
  /** Whether a person is there: prompts and animation are allowed. */
  readonly interactive: boolean
  /** The answer of the command. */
  result(text: string): void
  /** Something that happened. */
  info(text: string): void
  /** Something that the user should know though the command goes on. */
  warn(text: string): void
  /** Shown with --verbose. */
  debug(text: string): void
  /**
   * Shows that `work` is under way, and how it ended. Several may run at the same time.
   *
   * @param title a present participle: `Creating target group fargate-web`
   */
  step<Value>(title: string, work: (progress: StepProgress) => Promise<Value>): Promise<Value>
  /** Asks a yes-or-no question; only where `interactive`. */
  confirm(question: string): Promise<boolean>
}

export interface StepProgress {
  /** Replaces the state shown behind the title: `2 of 3 tasks running`. */
  update(text: string): void
  /** A line that stays: an event, a line of build output. */
  log(line: string): void
}
