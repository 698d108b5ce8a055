import type {LoadBalancer, Service} from '../../../ecs/services.js'
import {createService, describeService, primaryDeployment} from '../../../ecs/services.js'
import {AwsError} from '../../../errors/errors.js'
import {plural} from '../../../lib/text.js'
import type {Step} from '../../../plan/step.js'
import {step} from '../../../plan/step.js'
import type {Context} from '../../context.js'
import {capacityInput} from '../../infrastructure/capacity.js'
import type {Network} from '../../infrastructure/network.js'
import {onceRoleIsKnown} from '../../infrastructure/role-propagation.js'
import {lowerCaseTags} from '../../tags.js'
import type {CreateServiceOptions} from './options.js'
import {defaultGracePeriodSeconds} from './options-check.js'

/** What must be there before the service; `after` is only waited for. */
export interface ServiceNeeds {
  readonly cluster: Step<string>
  readonly taskDefinition: Step<string>
  readonly network: Step<Network>
  readonly securityGroups: Step<readonly string[]>
  readonly targetGroup: Step<string | undefined>
  readonly after: Step<unknown>
}

/**
 * The ECS service, where it does not exist yet. Infrastructure around an existing one is mended by running
 * `service create` again; the service itself is changed by the commands for it, never by the way.
 */
export function serviceStep(
  {aws, clock}: Pick<Context, 'aws' | 'clock'>,
  needs: ServiceNeeds,
  options: CreateServiceOptions,
  existing: Service | undefined,
): Step<Service> {
  const {cluster, name, tags} = options
  return step<Service, ServiceNeeds & Record<string, Step<unknown>>>({
    id: 'service',
    title: `service ${name}`,
    needs: needs as ServiceNeeds & Record<string, Step<unknown>>,
    look: async () =>
      existing === undefined
        ? {state: 'absent', detail: plural(options.count, 'task')}
        : {state: 'present', value: existing},
    apply: async (applied, _found, run) => {
      const created = await onceRoleIsKnown({clock, signal: run.signal}, () =>
        createService(aws.ecs, {
          cluster,
          serviceName: name,
          taskDefinition: applied.taskDefinition,
          desiredCount: options.count,
          ...capacityInput(options.capacity),
          networkConfiguration: {
            awsvpcConfiguration: {
              subnets: applied.network.subnets.map(({id}) => id),
              securityGroups: [...applied.securityGroups],
              assignPublicIp: options.assignPublicIp ? 'ENABLED' : 'DISABLED',
            },
          },
          ...loadBalancerInput(options, applied.targetGroup),
          deploymentConfiguration: {
            maximumPercent: 200,
            minimumHealthyPercent: 100,
            deploymentCircuitBreaker: {enable: options.circuitBreaker, rollback: options.circuitBreaker},
          },
          enableECSManagedTags: true,
          propagateTags: 'SERVICE',
          tags: lowerCaseTags(tags),
        }),
      )
      // Another command made it in the meantime; its deployment is followed like one of our own.
      const service = created ?? (await describeService(aws.ecs, cluster, name))
      if (service === undefined) throw new AwsError('SERVICE_NOT_FOUND', `service ${name} is gone again`)
      primaryDeployment(service)
      return service
    },
  })
}

function loadBalancerInput(options: CreateServiceOptions, targetGroupArn: string | undefined) {
  const {name, port, healthCheckGracePeriodSeconds} = options
  if (targetGroupArn === undefined || port === undefined) return {}
  const loadBalancers: LoadBalancer[] = [{targetGroupArn, containerName: name, containerPort: port.port}]
  return {
    loadBalancers,
    healthCheckGracePeriodSeconds: healthCheckGracePeriodSeconds ?? defaultGracePeriodSeconds,
  }
}
