import type {CertificateList as Result} from '../../src/actions/certificate/list-certificates.js'
import {listCertificateSummaries} from '../../src/actions/certificate/list-certificates.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {renderCertificateList} from '../../src/cli/render/certificate-list.js'

export default class CertificateList extends BaseCommand<Result> {
  static override summary = 'List the certificates of the region.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --region us-east-1 --json',
  ]

  async run(): Promise<Result> {
    const {flags} = await this.parse(CertificateList)
    const context = await this.context(flags)
    const result = await listCertificateSummaries(context)
    context.output.result(renderCertificateList(result))
    return result
  }
}
