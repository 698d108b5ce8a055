import {invalidParameter} from '../../registry/faults.js'
import type {RequestFaults} from '../../wire/service.js'

/** ECR tells one violation at a time, and says of a repository's name what it has to be like in words of its own. */
export const requestFaults: Pick<RequestFaults, 'invalid'> = {
  invalid([violation]) {
    if (violation === undefined) throw new Error('no violation to tell of')
    const {path, rule} = violation
    const isName = path === 'repositoryName' && rule.kind === 'pattern'
    return invalidParameter(path, isName ? `must satisfy regular expression '${rule.pattern}'` : rule.sentence)
  },
}
