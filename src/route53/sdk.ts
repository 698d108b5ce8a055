import {
  ChangeResourceRecordSetsCommand,
  GetChangeCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from '@aws-sdk/client-route-53'
import type {AwsCalls} from '../aws/calls.js'

export {Route53Client as Client}

export const operations = {
  ChangeResourceRecordSets: ChangeResourceRecordSetsCommand,
  GetChange: GetChangeCommand,
  ListHostedZones: ListHostedZonesCommand,
  ListResourceRecordSets: ListResourceRecordSetsCommand,
}

/** Amazon Route 53, reduced to the operations that this program uses. */
export type Route53 = AwsCalls<typeof operations>
