import {
  DeleteParameterCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm'
import type {AwsCalls} from '../aws/calls.js'

export {SSMClient as Client}

export const operations = {
  DeleteParameter: DeleteParameterCommand,
  DescribeParameters: DescribeParametersCommand,
  GetParameter: GetParameterCommand,
  ListTagsForResource: ListTagsForResourceCommand,
  PutParameter: PutParameterCommand,
}

/** The Parameter Store of AWS Systems Manager, reduced to the operations that this program uses. */
export type Ssm = AwsCalls<typeof operations>
