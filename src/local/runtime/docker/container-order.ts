import type {ContainerDependency, ContainerSpec} from '../../task-runtime.js'

/** What a container waits for; one whose volumes it mounts must have started. */
export const dependenciesOf = ({dependsOn = [], volumesFrom = []}: ContainerSpec): ContainerDependency[] => [
  ...dependsOn,
  ...volumesFrom
    .filter(({container}) => !dependsOn.some((dependency) => dependency.container === container))
    .map(({container}) => ({container, condition: 'START' as const})),
]

/** Puts containers after those that they depend on. */
export function inOrder<Container extends {readonly spec: ContainerSpec}>(
  containers: readonly Container[],
): Container[] {
  const ordered = new Set<Container>()
  const visit = (container: Container, path: readonly Container[]) => {
    if (ordered.has(container) || path.includes(container)) return
    for (const {container: name} of dependenciesOf(container.spec)) {
      const other = containers.find(({spec}) => spec.name === name)
      if (other !== undefined) visit(other, [...path, container])
    }
    ordered.add(container)
  }
  for (const container of containers) visit(container, [])
  return [...ordered]
}
