import {validationMessage} from '../../constraints/violation.js'
import type {RequestFaults} from '../../wire/service.js'
import {clientFault, invalidParameter} from './faults.js'

/** ECS names the words that a member can have in a sentence of its own: `launch type should be one of [EC2,FARGATE]`. */
export const requestFaults: Pick<RequestFaults, 'invalid'> = {
  invalid(violations, operation) {
    const word = violations.find(({rule}) => rule.kind === 'enum')
    const message =
      word === undefined
        ? validationMessage(violations)
        : `${spaced(word.path)} should be one of [${word.rule.allowed?.join(',')}]`
    return operation === 'RegisterTaskDefinition' ? clientFault(message) : invalidParameter(message)
  },
}

/** The last name of a path in words: `capacityProviderStrategy.1.member.launchType` → `launch type`. */
function spaced(path: string): string {
  const name = path.split('.').findLast((part) => !/^(\d+|member)$/.test(part)) ?? path
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
