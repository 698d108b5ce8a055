/**
 * How long the steps of tasks and services take, in milliseconds. A good start of a Fargate task takes 20 to 35
 * seconds from PROVISIONING to RUNNING; these add up to about 21 seconds, the fast end of what AWS shows.
 */

/** PROVISIONING: until the network interface is attached. */
export const PROVISION_MS = 5_000
/** From the launch of an EC2 instance until it is registered in its cluster. */
export const INSTANCE_START_MS = 60_000
/** How long nothing runs on an instance before managed scaling ends it. */
export const INSTANCE_IDLE_MS = 15 * 60_000
/** PENDING: until the agent begins to pull. */
export const PULL_START_MS = 2_500
/** A pull that works, all images of the task together. */
export const PULL_MS = 8_000
/** A pull that fails, with the agent's retries. */
export const PULL_FAILURE_MS = 12_000
/** Until the agent gives up to prepare what a container needs, for instance its log stream. */
export const INITIALIZATION_FAILURE_MS = 6_000
/** After a failed attempt to save that a task is about to start. */
export const SAVE_RETRY_MS = 5_000
/** From the start of the containers until the agent's report reaches ECS; a container that exits sooner was never RUNNING. */
export const START_REPORT_MS = 2_500
/** ACTIVATING: registering targets. */
export const ACTIVATION_MS = 2_000
/** From the exit of the last container until the task is DEPROVISIONING. */
export const STOP_REPORT_MS = 1_000
/** DEPROVISIONING: until the network interface is gone. */
export const DEPROVISION_MS = 6_000
/** Stopped tasks are described for about an hour. */
export const STOPPED_TASK_RETENTION_MS = 3_600_000
/** A container whose health check the runtime does not run counts as healthy after its start period plus this. */
export const UNREPORTED_HEALTH_MS = 30_000

/** From a request to the first pass of the service scheduler. */
export const FIRST_PASS_MS = 1_500
/** Between two passes while a service is not steady. */
export const PASS_INTERVAL_MS = 2_000
/** Between two looks at the targets of a steady service. */
export const STEADY_HEALTH_INTERVAL_MS = 10_000
/** Without any health check, a task counts as healthy this long after it is RUNNING. */
export const UNCHECKED_HEALTHY_MS = 40_000
/** The event `has reached a steady state.` repeats about every six hours. */
export const STEADY_REPEAT_MS = 6 * 3_600_000
/** The pause after the first failed launch; it doubles with each further one. */
export const BACK_OFF_START_MS = 5_000
/** The longest pause between launches that fail. */
export const BACK_OFF_LIMIT_MS = 15 * 60_000
/** The pause from which on the scheduler reports that it cannot consistently start tasks. */
export const BACK_OFF_REPORTED_MS = 40_000
/** How often the scheduler repeats that the deployment configuration leaves it no move. */
export const BLOCKED_REPEAT_MS = 10 * 60_000
/** How long after its creation a role cannot yet be assumed. */
export const ROLE_PROPAGATION_MS = 8_000
