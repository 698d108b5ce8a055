import type {ContainerDefinition, PortMapping, RegisterTaskDefinitionRequest} from '@aws-sdk/client-ecs'
import type {TaskDefinitionRecord} from '../../scheduler/records.js'
import {cpuUnits, memoryMib} from './sizes.js'

/**
 * A task definition as AWS echoes it: every member of the request, sizes as plain numbers of CPU units and MiB, and
 * AWS's defaults where the request has none.
 */
export function withDefaults({
  tags: _,
  ...request
}: RegisterTaskDefinitionRequest): TaskDefinitionRecord['registration'] {
  const {cpu, memory, networkMode} = request
  return {
    ...request,
    ...(cpu === undefined ? {} : {cpu: String(cpuUnits(cpu))}),
    ...(memory === undefined ? {} : {memory: String(memoryMib(memory))}),
    volumes: request.volumes ?? [],
    placementConstraints: request.placementConstraints ?? [],
    containerDefinitions: (request.containerDefinitions ?? []).map((container) =>
      containerWithDefaults(container, networkMode),
    ),
  }
}

function containerWithDefaults(container: ContainerDefinition, networkMode: string | undefined): ContainerDefinition {
  const {healthCheck} = container
  return {
    ...container,
    cpu: container.cpu ?? 0,
    portMappings: (container.portMappings ?? []).map((mapping) => portWithDefaults(mapping, networkMode)),
    essential: container.essential ?? true,
    environment: container.environment ?? [],
    mountPoints: container.mountPoints ?? [],
    volumesFrom: container.volumesFrom ?? [],
    systemControls: container.systemControls ?? [],
    ...(healthCheck === undefined
      ? {}
      : {
          healthCheck: {
            ...healthCheck,
            interval: healthCheck.interval ?? 30,
            timeout: healthCheck.timeout ?? 5,
            retries: healthCheck.retries ?? 3,
          },
        }),
  }
}

function portWithDefaults(mapping: PortMapping, networkMode: string | undefined): PortMapping {
  const {containerPort, hostPort, protocol = 'tcp'} = mapping
  const port = hostPort ?? (networkMode === 'awsvpc' || networkMode === 'host' ? containerPort : 0)
  if (mapping.containerPortRange !== undefined || port === undefined) return {...mapping, protocol}
  return {...mapping, hostPort: port, protocol}
}
