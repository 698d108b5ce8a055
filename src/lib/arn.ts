import type {Parsed} from './parsed.js'
import {invalid, valid} from './parsed.js'
import {shown} from './whole-number.js'

/** An Amazon Resource Name. Region and account are empty for resources that have none. */
export interface Arn {
  /** `aws`, `aws-cn`, `aws-us-gov` … */
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  /** All that follows, colons included. */
  readonly resource: string
}

/** Reads `arn:partition:service:region:account:resource`. */
export function parseArn(text: string): Parsed<Arn> {
  const match = /^arn:(aws[a-z0-9-]*):([a-z0-9-]+):([a-z0-9-]*):([0-9]{12}|aws|):(\S+)$/.exec(text)
  if (match === null) {
    return invalid(`ARN ${shown(text)} is not valid: use arn:partition:service:region:account:resource`)
  }
  const [, partition = '', service = '', region = '', account = '', resource = ''] = match
  return valid({partition, service, region, account, resource})
}

/** The form that `parseArn` reads back. */
export function formatArn({partition, service, region, account, resource}: Arn): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`
}

/** Whether a text means to be an ARN and not a name. */
export function looksLikeArn(text: string): boolean {
  return text.startsWith('arn:')
}

/** What follows the last `/` of an ARN, e.g. the name of a cluster or role, the id of a task; a name stays as it is. */
export function lastNameOf(arnOrName: string): string {
  return arnOrName.slice(arnOrName.lastIndexOf('/') + 1)
}
