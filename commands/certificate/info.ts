import type {CertificateInspection} from '../../src/actions/certificate/inspect-certificate.js'
import {inspectCertificate} from '../../src/actions/certificate/inspect-certificate.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {existingCertificateArg} from '../../src/cli/name-arguments.js'
import {renderCertificateInspection} from '../../src/cli/render/certificate-inspection.js'

export default class CertificateInfo extends BaseCommand<CertificateInspection> {
  static override summary = 'Show a certificate with what uses it and the records that validate it.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> www.example.com',
    '<%= config.bin %> <%= command.id %> www.example.com --json',
  ]
  static override args = {certificate: existingCertificateArg}

  async run(): Promise<CertificateInspection> {
    const {args, flags} = await this.parse(CertificateInfo)
    const context = await this.context(flags)
    const result = await inspectCertificate(context, args)
    context.output.result(renderCertificateInspection(result, context.clock.now()))
    return result
  }
}
