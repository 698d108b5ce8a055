import {invalid} from './faults.js'

const LONGEST_NAME = 32

/**
 * Refuses what AWS refuses as the name of a load balancer.
 *
 * @throws AwsFault ValidationError
 */
export function checkLoadBalancerName(name: string): void {
  checkName(name, 'The load balancer name', 'and')
  if (name.startsWith('internal-')) throw invalid(`The load balancer name '${name}' cannot begin with 'internal-'`)
}

/**
 * Refuses what AWS refuses as the name of a target group.
 *
 * @throws AwsFault ValidationError
 */
export const checkTargetGroupName = (name: string): void => checkName(name, 'Target group name', 'or')

function checkName(name: string, subject: string, conjunction: string): void {
  if (name.length > LONGEST_NAME) {
    throw invalid(`${subject} '${name}' cannot be longer than '${LONGEST_NAME}' characters`)
  }
  if (!/^[a-zA-Z0-9-]+$/.test(name)) {
    const allowed = `alphanumeric characters ${conjunction} hyphens(-)`
    throw invalid(`${subject} '${name}' can only contain characters that are ${allowed}`)
  }
  if (name.startsWith('-') || name.endsWith('-')) throw invalid(`${subject} '${name}' cannot begin or end with '-'`)
}
