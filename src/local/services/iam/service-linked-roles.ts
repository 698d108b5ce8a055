import type {CreateServiceLinkedRoleCommandInput, CreateServiceLinkedRoleCommandOutput} from '@aws-sdk/client-iam'
import {CreateServiceLinkedRole$} from '@aws-sdk/client-iam'
import type {Scope} from '../../scope.js'
import {partitionOf} from '../../scope.js'
import type {Operation, WithRequired} from '../../wire/service.js'
import {invalidInput} from './faults.js'
import {iamOperation} from './iam-operation.js'
import type {RoleStore} from './role-store.js'
import {createdRole} from './role-views.js'

interface LinkedService {
  readonly roleName: string
  readonly policy: string
  /** Whether an account may have several of these roles, told apart by a suffix. */
  readonly hasSuffix?: boolean
}

/** The services around Fargate that have a role of their own in every account that uses them. */
const linkedServices: Readonly<Record<string, LinkedService>> = {
  'ecs.amazonaws.com': {roleName: 'AWSServiceRoleForECS', policy: 'AmazonECSServiceRolePolicy'},
  'elasticloadbalancing.amazonaws.com': {
    roleName: 'AWSServiceRoleForElasticLoadBalancing',
    policy: 'AWSElasticLoadBalancingServiceRolePolicy',
  },
  'ecs.application-autoscaling.amazonaws.com': {
    roleName: 'AWSServiceRoleForApplicationAutoScaling_ECSService',
    policy: 'AWSApplicationAutoscalingECSServicePolicy',
  },
  'autoscaling.amazonaws.com': {
    roleName: 'AWSServiceRoleForAutoScaling',
    policy: 'AutoScalingServiceRolePolicy',
    hasSuffix: true,
  },
}

type CreateInput = WithRequired<CreateServiceLinkedRoleCommandInput, 'AWSServiceName'>

/** CreateServiceLinkedRole. */
export const createServiceLinkedRole = (store: RoleStore): Operation =>
  iamOperation<CreateInput, CreateServiceLinkedRoleCommandOutput>(CreateServiceLinkedRole$, (input, scope) => {
    const serviceName = input.AWSServiceName
    const service = Object.hasOwn(linkedServices, serviceName) ? linkedServices[serviceName] : undefined
    if (service === undefined) {
      throw invalidInput(`${serviceName} has no service-linked role that the local AWS emulates`)
    }
    const suffix = input.CustomSuffix
    if (suffix !== undefined && service.hasSuffix !== true) {
      throw invalidInput(`Custom suffix is not allowed for ${serviceName}`)
    }
    const roleName = suffix === undefined ? service.roleName : `${service.roleName}_${suffix}`
    if (store.find(scope, roleName) !== undefined) {
      throw invalidInput(`Service role name ${roleName} has been taken in this account, please try a different suffix.`)
    }
    const role = store.add(scope, {
      roleName,
      path: `/aws-service-role/${serviceName}/`,
      trustPolicy: trustOf(serviceName),
      maxSessionDuration: 3600,
      linkedService: serviceName,
      attachedPolicies: [policyArn(scope, service.policy)],
      ...(input.Description !== undefined && {description: input.Description}),
    })
    return {Role: createdRole(role)}
  })

const trustOf = (serviceName: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{Action: ['sts:AssumeRole'], Effect: 'Allow', Principal: {Service: [serviceName]}}],
  })

const policyArn = ({region}: Scope, name: string): string =>
  `arn:${partitionOf(region)}:iam::aws:policy/aws-service-role/${name}`
