export type Platform = 'linux/amd64' | 'linux/arm64'

/** What ECS calls `runtimePlatform.cpuArchitecture`; capitals in its API. */
export type CpuArchitecture = 'X86_64' | 'ARM64'

/** The platform of the images that a task of this CPU architecture runs. */
export function platformOf(architecture: CpuArchitecture | Lowercase<CpuArchitecture>): Platform {
  return architecture.toUpperCase() === 'ARM64' ? 'linux/arm64' : 'linux/amd64'
}
