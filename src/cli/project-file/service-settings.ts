import type {Interfaces} from '@oclif/core'
import {imageFlags} from '../build-flags.js'
import {waitFlags} from '../flags.js'
import {serviceFlags} from '../service-flags.js'
import {taskFlags} from '../task-flags.js'
import {networkFlags, publicIpFlag, trafficFlags} from '../traffic-flags.js'

/** How the value of a setting may be written. */
export interface SettingShape {
  readonly isBoolean?: boolean
  readonly isRepeatable?: boolean
}

/** What a project file may set for every command. */
export const globalSettings: Readonly<Record<string, SettingShape>> = {cluster: {}, region: {}, profile: {}}

/** What is decided anew each time and has no place in a file. */
const decisions = new Set(['rebuild', 'replace-default'])

/** What a project file may set for a service: the flags of `service create` that say what the service is like. */
export const serviceSettings: Readonly<Record<string, SettingShape>> = Object.fromEntries(
  Object.entries<Interfaces.FlagInput[string]>({
    ...serviceFlags,
    ...imageFlags,
    ...taskFlags,
    ...trafficFlags,
    ...networkFlags,
    ...publicIpFlag,
    ...waitFlags,
  })
    .filter(([name]) => !decisions.has(name))
    .map(([name, flag]) => [name, shapeOf(flag)]),
)

function shapeOf(flag: Interfaces.FlagInput[string]): SettingShape {
  return {isBoolean: flag.type === 'boolean', isRepeatable: flag.type === 'option' && flag.multiple === true}
}
