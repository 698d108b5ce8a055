/** How many tasks a rolling update may have at least and at most. */
export interface TaskLimits {
  /** Healthy tasks that must remain: the desired count times minimumHealthyPercent, rounded up. */
  readonly lower: number
  /** Tasks RUNNING or on the way there: the desired count times maximumPercent, rounded down. */
  readonly upper: number
}

/** The bounds that ECS keeps during a deployment; AWS's defaults for REPLICA services are 100 and 200. */
export const taskLimits = (desiredCount: number, minimumHealthyPercent = 100, maximumPercent = 200): TaskLimits => ({
  lower: Math.ceil((desiredCount * minimumHealthyPercent) / 100),
  upper: Math.floor((desiredCount * maximumPercent) / 100),
})
