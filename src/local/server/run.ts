import type {LocalAws} from '../local-aws.js'
import {createLocalAws} from '../local-aws.js'
import type {Recording} from '../request-log/recording.js'
import {StateFailure} from '../state/failure.js'
import type {LastingClock} from '../state/lasting-clock.js'
import type {DockerTasks} from './docker-tasks.js'
import {seedExamples} from './example-images.js'
import type {FaultFile} from './fault-control.js'
import type {SavedRun} from './saved-home.js'
import {homePaths} from './saved-home.js'

export interface RunOptions {
  readonly stateFolder: string
  readonly clock: LastingClock
  /** Host and port of the server. */
  readonly host: string
  readonly docker: DockerTasks | undefined
  readonly recording: Recording
  readonly addFaults: FaultFile
  readonly seed?: number | undefined
  log(line: string): void
}

/** What there is from one reset to the next. */
export interface Run {
  readonly saved: SavedRun
  readonly aws: LocalAws
  /** Settled once the example images are there, where they belong. */
  readonly ready: Promise<void>
}

/** Earlier ones are of no use: nobody keeps so many ports in task definitions. */
const MOST_HOSTS = 20

/**
 * Goes on with what is saved, or begins anew.
 *
 * @throws StateFailure for a state that cannot be used; Error with all problems of the plan of faults
 */
export function startRun(options: RunOptions, saved: SavedRun): Run {
  const {stateFolder, clock, host, docker, recording, seed, addFaults, log} = options
  const {saver, memory} = saved
  const {blobs, authority} = homePaths(stateFolder)
  const formerHosts = memory.hosts.filter((former) => former !== host)
  const aws = createLocalAws({
    ...{clock, saver, blobsFolder: blobs, authorityFolder: authority, listen: true},
    host: () => host,
    formerHosts: () => formerHosts,
    ...(seed !== undefined && {seed}),
    ...(docker && {createRuntime: docker.createRuntime}),
    onStart: recording.onStart,
    onEnd: recording.onEnd,
    onError: (error, call) => log(`${call.service}:${call.operation}: ${String(error)}`),
  })
  checkSeed(aws, options)
  addFaults(aws)
  // They hold no program that could really run.
  const wantsExamples = docker === undefined && !memory.hasExamples
  const hosts = [host, ...formerHosts].slice(0, MOST_HOSTS)
  saved.remember({...memory, hosts})
  const addExamples = async () => {
    await seedExamples(aws.registry)
    saver.mark('ecr')
    saver.save()
    saved.remember({hosts, hasExamples: true})
  }
  return {saved, aws, ready: wantsExamples ? addExamples() : Promise.resolve()}
}

function checkSeed({faults}: LocalAws, {seed, stateFolder}: RunOptions): void {
  if (seed === undefined || seed === faults.seed) return
  throw new StateFailure(
    `--seed is for an empty local AWS, and ${stateFolder} holds what was made with the seed ${faults.seed}; forget it with "fargate local reset", or use another folder: --state-dir <folder>`,
  )
}
