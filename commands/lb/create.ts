import {Flags} from '@oclif/core'
import type {CreateLoadBalancerResult} from '../../src/actions/lb/create-load-balancer.js'
import {createLoadBalancer} from '../../src/actions/lb/create-load-balancer.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {dryRunFlag, parsedArg, repeatableFlag, required, textListFlag, waitFlags} from '../../src/cli/flags.js'
import {renderCreateLoadBalancer} from '../../src/cli/render/create-load-balancer.js'
import {networkFlags, networkOptions} from '../../src/cli/traffic-flags.js'
import {loadBalancerNameProblem} from '../../src/lib/names.js'
import {checked} from '../../src/lib/parsed.js'
import {parsePorts, portsOfLoadBalancer} from '../../src/lib/port-expression.js'
import {parseTags} from '../../src/lib/tag.js'

export default class LbCreate extends BaseCommand<CreateLoadBalancerResult> {
  static override summary = 'Create a load balancer, and wait until it is active.'
  static override description = 'HTTP ports make an application load balancer, TCP ports a network load balancer.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> web --port 80',
    '<%= config.bin %> <%= command.id %> api --port HTTP:8080 --scheme internal',
    '<%= config.bin %> <%= command.id %> db --port TCP:5432',
  ]
  static override args = {
    'load-balancer': parsedArg((name) => checked(name, loadBalancerNameProblem(name)))({
      required: true,
      description: 'name of the new load balancer',
    }),
  }
  static override flags = {
    port: textListFlag({
      char: 'p',
      description: 'port to listen on: 80, HTTP:8080, TCP:5432; repeatable',
      required: true,
    }),
    scheme: Flags.string({
      char: 's',
      description: 'who can reach it',
      options: ['internet-facing', 'internal'],
      default: 'internet-facing',
    }),
    ...networkFlags,
    tag: repeatableFlag((value) => ({ok: true, value}))({
      description: 'tag on everything that is made; repeatable',
      helpValue: '<KEY=value>',
    }),
    ...waitFlags,
    ...dryRunFlag,
  }

  async run(): Promise<CreateLoadBalancerResult> {
    const {args, flags} = await this.parse(LbCreate)
    const tags = required(parseTags(flags.tag ?? []), '--tag')
    const options = {
      name: args['load-balancer'],
      ports: required(portsOfLoadBalancer(required(parsePorts(flags.port), '--port')), '--port'),
      ...networkOptions(flags),
      scheme: flags.scheme === 'internal' ? ('internal' as const) : ('internet-facing' as const),
      tags: Object.fromEntries(tags.map(({key, value}) => [key, value])),
      wait: flags.wait,
      timeoutMs: flags.timeout,
      dryRun: flags['dry-run'],
    }
    const context = await this.context(flags)
    const result = await createLoadBalancer(context, options)
    context.output.result(renderCreateLoadBalancer(result))
    return result
  }
}
