import type {NameKind} from '../../actions/completion/list-names.js'

/** What a value is, where it can be completed. */
export type ValueKind = NameKind | 'profile' | 'region' | 'file' | 'folder'

type Kinds = Readonly<Record<string, ValueKind | undefined>>

const flagKinds: Kinds = {
  cluster: 'cluster',
  region: 'region',
  profile: 'profile',
  lb: 'load-balancer',
  certificate: 'certificate',
  context: 'folder',
  'state-dir': 'folder',
  chain: 'file',
  dockerfile: 'file',
  'env-file': 'file',
  faults: 'file',
  'from-file': 'file',
}

const argumentKinds: Kinds = {
  service: 'service',
  task: 'task-group',
  'load-balancer': 'load-balancer',
  certificate: 'certificate',
}

/** Where a name stands for something else in one command: `<id> <argument>` or `<id> --<flag>`. */
const exceptions: Kinds = {
  'certificate:import --certificate': 'file',
  'certificate:import --key': 'file',
  // Names of what is yet to be made.
  'lb:create load-balancer': undefined,
  'service:create service': undefined,
}

/** @returns `undefined` for a flag whose values nobody can foresee */
export const kindOfFlag = (command: string | undefined, flag: string): ValueKind | undefined =>
  kindOf(flagKinds, `${command} --${flag}`, flag)

/** @returns `undefined` for an argument whose values nobody can foresee */
export const kindOfArgument = (command: string, argument: string): ValueKind | undefined =>
  kindOf(argumentKinds, `${command} ${argument}`, argument)

const kindOf = (kinds: Kinds, place: string, name: string): ValueKind | undefined =>
  Object.hasOwn(exceptions, place) ? exceptions[place] : kinds[name]
