/** `web:3`, of the ARN of a task definition. */
export const shortTaskDefinition = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)

export const timeText = (milliseconds: number): string => new Date(milliseconds).toISOString()
