import {Flags} from '@oclif/core'
import type {RequestCertificateResult} from '../../src/actions/certificate/request-certificate.js'
import {requestNewCertificate} from '../../src/actions/certificate/request-certificate.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {issueFlags, keyOf, keyTypeFlag} from '../../src/cli/certificate-flags.js'
import {dryRunFlag, listFlag, parsedArg, repeatableFlag, required} from '../../src/cli/flags.js'
import {renderRequestCertificate} from '../../src/cli/render/certificate-validation.js'
import {parseCertificateDomain, parseDomainName} from '../../src/lib/domain-name.js'
import {parseTags} from '../../src/lib/tag.js'

export default class CertificateRequest extends BaseCommand<RequestCertificateResult> {
  static override summary = 'Request a certificate that ACM issues and renews.'
  static override description = 'DNS records prove who owns the names: certificate validate makes them in Route 53.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> example.com --alias www.example.com',
    "<%= config.bin %> <%= command.id %> '*.example.com' --validate --wait",
    '<%= config.bin %> <%= command.id %> example.com --key-type EC_prime256v1',
  ]
  static override args = {
    domain: parsedArg(parseCertificateDomain)({required: true, description: 'first name of the certificate'}),
  }
  static override flags = {
    alias: listFlag(parseDomainName)({char: 'a', description: 'further name of the certificate; repeatable'}),
    ...keyTypeFlag,
    validate: Flags.boolean({description: 'make the validation records in Route 53, too'}),
    ...issueFlags,
    tag: repeatableFlag((value) => ({ok: true, value}))({
      description: 'tag on the certificate; repeatable',
      helpValue: '<KEY=value>',
    }),
    ...dryRunFlag,
  }

  async run(): Promise<RequestCertificateResult> {
    const {args, flags} = await this.parse(CertificateRequest)
    const tags = required(parseTags(flags.tag ?? []), '--tag')
    const options = {
      domain: args.domain,
      aliases: flags.alias ?? [],
      keyAlgorithm: keyOf(flags['key-type']),
      tags: Object.fromEntries(tags.map(({key, value}) => [key, value])),
      validate: flags.validate,
      wait: flags.wait,
      timeoutMs: flags.timeout,
      dryRun: flags['dry-run'],
    }
    const context = await this.context(flags)
    const result = await requestNewCertificate(context, options)
    context.output.result(renderRequestCertificate(result))
    return result
  }
}
