import {AwsFault} from '../../aws-fault.js'
import {validation} from './faults.js'

const LEVEL_LIMIT = 15

const BAD_NAME =
  'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths' +
  ' divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_'

const BAD_PATH =
  'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/".' +
  ' It can\'t be prefixed with "aws" or "ssm" (case-insensitive). It must use only letters, numbers, or the following' +
  ' symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified,' +
  ' must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.'

/** A parameter as a request names it: by name or ARN, and perhaps one version of it. */
export interface ParameterReference {
  readonly name: string
  /** Undefined where the request names none, or gives an ARN. */
  readonly arn?: string
  /** `3` of `name:3`. */
  readonly selector?: string
}

/**
 * Checks the name of a new parameter.
 *
 * @throws AwsFault ValidationException, AccessDeniedException, HierarchyLevelLimitExceededException
 */
export function checkNewName(name: string): void {
  if (name.includes('/') && !name.startsWith('/')) throw validation('Parameter name must be a fully qualified name')
  const reserved = name.toLowerCase().replace(/^\//, '')
  if (reserved.startsWith('aws')) {
    throw new AwsFault('AccessDeniedException', `No access to reserved parameter name: ${name}.`)
  }
  if (reserved.startsWith('ssm') || !isName(name)) throw validation(BAD_NAME)
  if (name.split('/').length - 1 > LEVEL_LIMIT) {
    throw new AwsFault(
      'HierarchyLevelLimitExceededException',
      'A hierarchy can have a maximum of 15 levels. For more information, see Requirements and constraints for' +
        ' parameter names in the AWS Systems Manager User Guide.',
    )
  }
}

/** Reads `name`, `name:version` or the ARN of either. @throws AwsFault ValidationException */
export function parseReference(text: string): ParameterReference {
  const [, arn, resource] = /^(arn:[\w-]+:ssm:[\w-]+:\d{12}:parameter)(\/.+)$/.exec(text) ?? []
  const [name = '', selector, ...more] = (resource ?? text).split(':')
  if (!isName(name) || more.length > 0) throw validation(BAD_NAME)
  return {
    name,
    ...(arn !== undefined && {arn: arn + name}),
    ...(selector !== undefined && {selector}),
  }
}

/** The ARN of a parameter has one slash between `parameter` and the name, whether the name begins with one or not. */
export const arnResource = (name: string): string => `parameter${name.startsWith('/') ? '' : '/'}${name}`

/** @throws AwsFault ValidationException */
export function checkPath(path: string): void {
  if (!path.startsWith('/') || !/^[\w./-]+$/.test(path)) throw validation(BAD_PATH)
}

const isName = (name: string): boolean => /^(\/?[\w.-]+)+$/.test(name)
