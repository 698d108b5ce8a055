import {Args} from '@oclif/core'
import {UsageError} from '../errors/errors.js'
import {taskNameProblem} from '../lib/names.js'
import {shown} from '../lib/whole-number.js'

/** The name of a service that exists. ECS has the last word on it: names made elsewhere may be longer or odder than ours. */
export const existingServiceArg = Args.string({
  required: true,
  description: 'name of the service',
  parse: async (name) => {
    if (/^[A-Za-z0-9_-]{1,255}$/.test(name)) return name
    throw new UsageError(
      'VALUE_INVALID',
      `SERVICE: ${JSON.stringify(name)} is no service name: use up to 255 letters, digits, hyphens and underscores`,
    )
  },
})

/** The name of a load balancer that exists. */
export const existingLoadBalancerArg = Args.string({
  required: true,
  description: 'name of the load balancer',
  parse: async (name) => {
    if (/^[A-Za-z0-9-]{1,32}$/.test(name)) return name
    throw new UsageError(
      'VALUE_INVALID',
      `LOAD-BALANCER: ${JSON.stringify(name)} is no load balancer name: use up to 32 letters, digits and hyphens`,
    )
  },
})

/** The name of a task group, which is nothing but a mark on its tasks. */
export const taskGroupArg = Args.string({
  required: true,
  description: 'name of the task group',
  parse: async (name) => {
    const problem = taskNameProblem(name)
    if (problem === undefined) return name
    throw new UsageError('VALUE_INVALID', `TASK: ${problem}`)
  },
})

/** A certificate that exists, by its domain or ARN. Those that are imported can bear names that no domain has. */
export const existingCertificateArg = Args.string({
  required: true,
  description: 'domain or ARN of the certificate',
  parse: async (text) => {
    if (/^arn:aws[a-z0-9-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate\/[\w-]+$/.test(text)) return text
    if (!text.startsWith('arn:') && /^[\p{L}\p{N}_*.-]{1,253}$/u.test(text)) return text
    throw new UsageError(
      'VALUE_INVALID',
      `CERTIFICATE: ${shown(text)} is neither a domain nor the ARN of a certificate`,
    )
  },
})

/** A revision of a task definition. */
export const revisionArg = Args.string({
  description: 'number of the revision, or its name (service_web:3) or ARN',
  parse: async (text) => {
    if (/^(?:[1-9][0-9]{0,8}|(?:arn:[^ ]+\/)?[A-Za-z0-9_-]{1,255}:[1-9][0-9]{0,8})$/.test(text)) return text
    throw new UsageError(
      'VALUE_INVALID',
      `REVISION: ${JSON.stringify(text)} is no revision: use its number, or a name such as service_web:3`,
    )
  },
})
