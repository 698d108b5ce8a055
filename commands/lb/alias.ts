import {Flags} from '@oclif/core'
import type {AliasResult} from '../../src/actions/lb/alias-load-balancer.js'
import {aliasLoadBalancer} from '../../src/actions/lb/alias-load-balancer.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {dryRunFlag, parsedArg, waitFlags} from '../../src/cli/flags.js'
import {existingLoadBalancerArg} from '../../src/cli/name-arguments.js'
import {renderAlias} from '../../src/cli/render/alias-load-balancer.js'
import {parseDomainName} from '../../src/lib/domain-name.js'

export default class LbAlias extends BaseCommand<AliasResult> {
  static override summary = 'Have a domain lead to a load balancer, by an alias record in Route 53.'
  static override description =
    'The record goes to the public zone that holds the domain. Where its DNS is somewhere else nothing is made: the ' +
    'record is printed, ready to paste.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> web www.example.com',
    '<%= config.bin %> <%= command.id %> web www.example.com --replace --dry-run',
  ]
  static override args = {
    'load-balancer': existingLoadBalancerArg,
    domain: parsedArg(parseDomainName)({required: true, description: 'domain that is to lead there'}),
  }
  static override flags = {
    replace: Flags.boolean({description: 'take the place of records that lead somewhere else'}),
    ...waitFlags,
    ...dryRunFlag,
  }

  async run(): Promise<AliasResult> {
    const {args, flags} = await this.parse(LbAlias)
    const context = await this.context(flags)
    const result = await aliasLoadBalancer(context, {
      loadBalancer: args['load-balancer'],
      domain: args.domain,
      replace: flags.replace,
      wait: flags.wait,
      timeoutMs: flags.timeout,
      dryRun: flags['dry-run'],
    })
    context.output.result(renderAlias(result))
    return result
  }
}
