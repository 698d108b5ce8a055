import {Flags} from '@oclif/core'
import type {CreateLoadBalancerResult} from '../../src/actions/lb/create-load-balancer.js'
import {createLoadBalancer} from '../../src/actions/lb/create-load-balancer.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {dryRunFlag, parsedArg, repeatableFlag, required, textListFlag, waitFlags} from '../../src/cli/flags.js'
import {renderCreateLoadBalancer} from '../../src/cli/render/create-load-balancer.js'
import {networkFlags, networkOptions} from '../../src/cli/traffic-flags.js'
import {UsageError} from '../../src/errors/errors.js'
import {loadBalancerNameProblem} from '../../src/lib/names.js'
import {checked} from '../../src/lib/parsed.js'
import type {ListenerPort} from '../../src/lib/port-expression.js'
import {parsePorts, portsOfLoadBalancer} from '../../src/lib/port-expression.js'
import {parseTags} from '../../src/lib/tag.js'

export default class LbCreate extends BaseCommand<CreateLoadBalancerResult> {
  static override summary = 'Create a load balancer, and wait until it is active.'
  static override description =
    'HTTP and HTTPS ports make an application load balancer, TCP and TLS ports a network load balancer. Run it again to ' +
    'add ports and certificates.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> web --port 80',
    '<%= config.bin %> <%= command.id %> api --port HTTP:8080 --scheme internal',
    '<%= config.bin %> <%= command.id %> shop --port 443 --certificate www.example.com --redirect-http',
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
      description: 'port to listen on: 80, 443, HTTP:8080, TCP:5432, TLS:6443; repeatable',
      required: true,
    }),
    certificate: textListFlag({
      char: 'c',
      description: 'domain or ARN of a certificate for HTTPS and TLS, the default one first; repeatable',
    }),
    'redirect-http': Flags.boolean({
      description: 'have HTTP (port 80, where no other is given) answer with the address of HTTPS',
    }),
    'ssl-policy': Flags.string({
      description: 'security policy of new HTTPS and TLS listeners',
      default: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
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
      ports: required(portsOfLoadBalancer(portsOf(flags)), '--port'),
      certificates: flags.certificate ?? [],
      redirectHttp: flags['redirect-http'],
      sslPolicy: policyOf(flags['ssl-policy']),
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

/** With --redirect-http there is a port of HTTP in any case. */
function portsOf({
  port,
  ...flags
}: {
  readonly port: readonly string[]
  readonly 'redirect-http': boolean
}): ListenerPort[] {
  const ports = required(parsePorts(port), '--port')
  const isAdded = flags['redirect-http'] && !ports.some(({protocol}) => protocol === 'HTTP')
  return isAdded ? [...ports, {protocol: 'HTTP', port: 80}] : ports
}

function policyOf(text: string): string {
  if (/^ELBSecurityPolicy-[A-Za-z0-9-]+$/.test(text)) return text
  throw new UsageError('VALUE_INVALID', `--ssl-policy: ${text} is no policy of Elastic Load Balancing`, {
    hints: ['use one such as ELBSecurityPolicy-TLS13-1-2-2021-06', 'aws elbv2 describe-ssl-policies lists all'],
  })
}
