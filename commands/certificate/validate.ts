import type {ValidateCertificateResult} from '../../src/actions/certificate/validate-certificate.js'
import {validateCertificate} from '../../src/actions/certificate/validate-certificate.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {issueFlags} from '../../src/cli/certificate-flags.js'
import {dryRunFlag} from '../../src/cli/flags.js'
import {existingCertificateArg} from '../../src/cli/name-arguments.js'
import {renderValidateCertificate} from '../../src/cli/render/certificate-validation.js'

export default class CertificateValidate extends BaseCommand<ValidateCertificateResult> {
  static override summary = 'Make the records that validate a certificate, in the public zones of Route 53.'
  static override description =
    'Where the DNS of a name is somewhere else, nothing is made: the record is printed, ready to paste.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> www.example.com',
    '<%= config.bin %> <%= command.id %> www.example.com --wait',
  ]
  static override args = {certificate: existingCertificateArg}
  static override flags = {...issueFlags, ...dryRunFlag}

  async run(): Promise<ValidateCertificateResult> {
    const {args, flags} = await this.parse(CertificateValidate)
    const context = await this.context(flags)
    const result = await validateCertificate(context, {
      certificate: args.certificate,
      wait: flags.wait,
      timeoutMs: flags.timeout,
      dryRun: flags['dry-run'],
    })
    context.output.result(renderValidateCertificate(result))
    return result
  }
}
