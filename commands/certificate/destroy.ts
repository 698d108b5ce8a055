import {Flags} from '@oclif/core'
import type {DestroyCertificateResult} from '../../src/actions/certificate/destroy-certificate.js'
import {destroyCertificate} from '../../src/actions/certificate/destroy-certificate.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {dryRunFlag, yesFlag} from '../../src/cli/flags.js'
import {existingCertificateArg} from '../../src/cli/name-arguments.js'
import {renderDestroyCertificate} from '../../src/cli/render/destroy-certificate.js'

export default class CertificateDestroy extends BaseCommand<DestroyCertificateResult> {
  static override summary = 'Delete a certificate and the validation records made for it alone.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> www.example.com',
    '<%= config.bin %> <%= command.id %> www.example.com --yes --dry-run',
  ]
  static override args = {certificate: existingCertificateArg}
  static override flags = {
    'keep-records': Flags.boolean({
      description: 'leave the validation records, for certificates of the same names in other regions',
    }),
    ...yesFlag,
    ...dryRunFlag,
  }

  async run(): Promise<DestroyCertificateResult> {
    const {args, flags} = await this.parse(CertificateDestroy)
    const context = await this.context(flags)
    const result = await destroyCertificate(context, {
      certificate: args.certificate,
      yes: flags.yes,
      keepRecords: flags['keep-records'],
      dryRun: flags['dry-run'],
    })
    context.output.result(renderDestroyCertificate(result))
    return result
  }
}
