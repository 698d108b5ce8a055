import {GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts'
import type {AwsCalls} from '../aws/calls.js'

export {STSClient as Client}

export const operations = {GetCallerIdentity: GetCallerIdentityCommand}

/** AWS STS, reduced to the operations that this program uses. */
export type Sts = AwsCalls<typeof operations>
