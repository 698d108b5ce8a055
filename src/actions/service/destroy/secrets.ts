import type {Step} from '../../../plan/step.js'
import {step} from '../../../plan/step.js'
import {deleteSecret, secretsWithTags} from '../../../secretsmanager/secrets.js'
import {deleteParameter, parametersWithTags} from '../../../ssm/parameters.js'
import type {Context} from '../../context.js'
import {secretMarks} from '../secret/owned-secrets.js'

interface OwnSecrets {
  readonly secrets: readonly string[]
  readonly parameters: readonly string[]
}

/** The secrets and parameters that this program made for a service. Those of Secrets Manager can be restored for 30 days. */
export function secretsDeletion(
  {aws}: {aws: Pick<Context['aws'], 'secretsmanager' | 'ssm'>},
  cluster: string,
  service: string,
  after: Step<void>,
): Step<OwnSecrets> {
  return step<OwnSecrets, {after: Step<void>}>({
    id: 'secrets',
    title: `secrets of service ${service}`,
    needs: {after},
    look: async () => {
      const marks = secretMarks(cluster, service)
      const [found, parameters] = await Promise.all([
        secretsWithTags(aws.secretsmanager, marks),
        parametersWithTags(aws.ssm, marks),
      ])
      const value = {secrets: found.map(({arn}) => arn), parameters}
      const names = [...found.map(({name}) => name), ...parameters]
      if (names.length === 0) return {state: 'present', value}
      return {state: 'differs', value, detail: names.join(', '), change: 'delete'}
    },
    apply: async (_needs, found) => {
      const own = found.state === 'absent' ? {secrets: [], parameters: []} : found.value
      for (const arn of own.secrets) await deleteSecret(aws.secretsmanager, arn)
      for (const name of own.parameters) await deleteParameter(aws.ssm, name)
      return own
    },
  })
}
