import {inParallel} from '../../aws/batching.js'
import type {AwsClients} from '../../aws/clients.js'
import {AwsError} from '../../errors/errors.js'
import type {Step} from '../../plan/step.js'
import {lookUp} from '../../plan/step.js'
import {requireCertificate} from '../certificate/known-certificate.js'

/**
 * The ARNs of certificates that are given by domain or ARN, in their order, each once.
 *
 * @throws AwsError CERTIFICATE_NOT_FOUND, CERTIFICATE_NOT_ISSUED; UsageError CERTIFICATE_AMBIGUOUS
 */
export function certificatesStep({acm}: Pick<AwsClients, 'acm'>, names: readonly string[]): Step<readonly string[]> {
  return lookUp({
    id: 'certificates',
    title: 'certificates',
    find: async () => {
      const arns = await inParallel(names, async (name) => {
        const {arn, domain, status} = await requireCertificate(acm, name, (each) => each.status === 'ISSUED')
        if (status === 'ISSUED') return arn
        throw new AwsError('CERTIFICATE_NOT_ISSUED', `certificate ${domain} is ${status}: no listener takes it yet`, {
          details: {certificateArn: arn, status},
          hints:
            status === 'PENDING_VALIDATION'
              ? [`fargate certificate validate ${domain} --wait`]
              : [`fargate certificate info ${arn}`],
        })
      })
      return [...new Set(arns)]
    },
  })
}
