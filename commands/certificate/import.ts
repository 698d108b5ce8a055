import {Flags} from '@oclif/core'
import type {ImportCertificateResult} from '../../src/actions/certificate/import-certificate.js'
import {importFiles} from '../../src/actions/certificate/import-certificate.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {readCertificateFiles} from '../../src/cli/certificate-files.js'
import {dryRunFlag} from '../../src/cli/flags.js'
import {renderImportCertificate} from '../../src/cli/render/import-certificate.js'

export default class CertificateImport extends BaseCommand<ImportCertificateResult> {
  static override summary = 'Import a certificate, or replace one that was imported before.'
  static override description =
    'A certificate of the same domain that this program has imported is replaced and keeps its ARN.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --certificate cert.pem --key key.pem',
    '<%= config.bin %> <%= command.id %> -c cert.pem -k key.pem --chain chain.pem',
  ]
  static override flags = {
    certificate: Flags.string({
      char: 'c',
      description: 'PEM file of the certificate; further ones in it are its chain',
      helpValue: '<file>',
      required: true,
    }),
    key: Flags.string({
      char: 'k',
      description: 'PEM file of its private key, without a passphrase',
      helpValue: '<file>',
      required: true,
    }),
    chain: Flags.string({description: 'PEM file of the certificates that have signed it', helpValue: '<file>'}),
    ...dryRunFlag,
  }

  async run(): Promise<ImportCertificateResult> {
    const {flags} = await this.parse(CertificateImport)
    const files = await readCertificateFiles(flags)
    const context = await this.context(flags)
    const result = await importFiles(context, {files, dryRun: flags['dry-run']})
    context.output.result(renderImportCertificate(result))
    return result
  }
}
