/** One setting of the project file, as it would be typed. */
export interface ProjectSetting {
  /** The name of the flag that it stands for, without dashes. */
  readonly flag: string
  /** Several for a flag that can be repeated; `true` and `false` for one without a value. */
  readonly values: readonly string[]
  /** The line of the file, from 1. */
  readonly line: number
}

/** A `fargate.yml`: settings for every command, and defaults for single services. */
export interface ProjectFile {
  readonly path: string
  /** `cluster`, `region` and `profile`, as far as they are set. */
  readonly settings: readonly ProjectSetting[]
  readonly services: ReadonlyMap<string, readonly ProjectSetting[]>
}
