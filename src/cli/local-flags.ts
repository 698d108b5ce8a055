import {resolve} from 'node:path'
import {Flags} from '@oclif/core'
import type {Environment} from '../output/streams.js'

/** For the commands of the topic `local`: which local AWS is meant, where several run. */
export const localFlags = {
  'state-dir': Flags.string({
    description: 'folder in which this local AWS keeps its files; one for each that runs',
    helpValue: '<folder>',
    env: 'FARGATE_STATE_DIR',
  }),
}

/** The environment of a local command, in which FARGATE_STATE_DIR is what its flag says. */
export function localEnvironment(flags: {readonly 'state-dir'?: string | undefined}, env: Environment): Environment {
  const folder = flags['state-dir']
  return folder ? {...env, FARGATE_STATE_DIR: resolve(folder)} : env
}
