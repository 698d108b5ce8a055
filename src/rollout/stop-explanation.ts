import type {Task} from '../ecs/tasks.js'

export interface StopExplanation {
  /** What AWS says, shortened to one line per fact. */
  readonly reason: string
  /** What it means and what to do, where this program knows. */
  readonly hint: string | undefined
}

/** ECS gives reasons as text only; these are its texts and the agent's, with what helps. */
const hints: readonly (readonly [RegExp, string])[] = [
  [
    /does not contain descriptor matching platform/,
    'the image is built for another CPU architecture: build it again, or change --architecture',
  ],
  [/CannotPullContainerError.*(i\/o timeout|no route|deadline exceeded)/, noRouteHint()],
  [/CannotPullContainerError.*(403 Forbidden|not authorized)/s, pullHint()],
  [/CannotPullContainerError.*(toomanyrequests|pull rate limit)/s, 'the registry limits pulls: push the image to ECR'],
  [
    /CannotPullContainerError.*(not found|does not exist)/,
    'the image is not in the registry: check the tag, or push it',
  ],
  [/ResourceInitializationError.*not authorized to perform: ecr:/s, pullHint()],
  [/unable to (retrieve|pull) secrets?.*(AccessDenied|not authorized)/s, secretsHint()],
  [
    /unable to (retrieve|pull) secrets?.*(ResourceNotFound|InvalidParameters|invalid ssm parameters|not found)/s,
    'a secret does not exist in this region',
  ],
  [/ResourceInitializationError.*(i\/o timeout|deadline exceeded)/s, noRouteHint()],
  [/log group does not exist/, 'the log group is missing: run fargate service create again, it makes it'],
  [
    /failed to initialize logging driver/,
    'ECS cannot write the log: check the log group, and that the execution role has AmazonECSTaskExecutionRolePolicy',
  ],
  [/executable file not found|no such file or directory/, noCommandHint()],
  [/exec format error/, 'the image is built for another CPU architecture: build it again, or change --architecture'],
  [/OutOfMemory/, 'the container needs more memory: raise --memory'],
  [/failed ELB health checks/, elbHint()],
  [/failed container health checks/, "the container's own health check fails: see its command and its log"],
  [/Spot Task was interrupted/, 'Spot capacity was taken back; ECS starts a replacement when there is capacity'],
  [/unable to assume the role/, 'ECS may not use the role: check that it exists and trusts ecs-tasks.amazonaws.com'],
  [/Capacity is unavailable/, 'AWS has no Fargate capacity in these subnets now: try others, or later'],
  [
    /ContainerRuntimeTimeoutError|CannotStartContainerError/,
    'the container did not start on this host: ECS tries another one; where it lasts, check the image and its command',
  ],
]

const exitCodeHints: Readonly<Record<number, string>> = {
  126: 'the command is not executable: check --command and the file permissions in the image',
  127: noCommandHint(),
  137: 'the container was killed: out of memory, or it did not end within its stop timeout',
  139: 'the container crashed with a segmentation fault',
}

/** What stopped a task: the stop reason, then each container's reason or exit code. */
export function explainStop(task: Task): StopExplanation {
  const facts = [task.stoppedReason ?? task.stopCode ?? 'stopped without a reason']
  for (const {name, exitCode, reason} of task.containers) {
    const exited = exitCode === undefined ? undefined : `exit code ${exitCode}`
    const said = [exited, reason].filter((fact) => fact !== undefined && !facts[0]?.includes(fact))
    if (said.length > 0) facts.push(`container ${name}: ${said.join(', ')}`)
  }
  const reason = facts.join('; ')
  return {reason, hint: hintOn(reason) ?? exitCodeHint(task)}
}

/** What helps against what ECS or its agent says, where this program knows. */
export const hintOn = (reason: string): string | undefined => hints.find(([pattern]) => pattern.test(reason))?.[1]

/** Whether ECS stopped the task because fewer were wanted, which is no failure. */
export function isScalingStop(task: Task): boolean {
  return /^Scaling activity initiated by/.test(task.stoppedReason ?? '') || task.stopCode === 'UserInitiated'
}

function exitCodeHint(task: Task): string | undefined {
  const codes = task.containers.flatMap(({exitCode}) => (exitCode === undefined ? [] : [exitCode]))
  const failed = codes.find((code) => code !== 0)
  if (failed !== undefined) return exitCodeHints[failed]
  if (codes.length > 0) return 'the container ends by itself: a service needs a process that keeps running'
  return undefined
}

function pullHint(): string {
  return 'the execution role may not pull: give it AmazonECSTaskExecutionRolePolicy'
}

function noCommandHint(): string {
  return 'the command is not in the image: check --command and the PATH of the image'
}

function noRouteHint(): string {
  return 'the task cannot reach AWS: use --assign-public-ip, subnets with a NAT gateway, or VPC endpoints'
}

function secretsHint(): string {
  return 'the execution role may not read the secret: allow ssm:GetParameters or secretsmanager:GetSecretValue'
}

function elbHint(): string {
  return 'check that the container answers on its port, --health-check-path and --health-check-grace-period'
}
