import {Flags} from '@oclif/core'
import type {RevisionList} from '../../src/actions/service/revisions/list-revisions.js'
import {listRevisions} from '../../src/actions/service/revisions/list-revisions.js'
import {BaseCommand} from '../../src/cli/base-command.js'
import {existingServiceArg} from '../../src/cli/name-arguments.js'
import {renderRevisionList} from '../../src/cli/render/revision-list.js'

export default class ServiceRevisions extends BaseCommand<RevisionList> {
  static override summary = 'List what a service ran: images, when, and who registered them.'
  static override description =
    'Newest first. ECS remembers deployments for 90 days; what a revision came to before that is not known.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> web',
    '<%= config.bin %> <%= command.id %> web --limit 50 --all',
  ]
  static override args = {service: existingServiceArg}
  static override flags = {
    limit: Flags.integer({description: 'number of revisions to show', default: 10, min: 1, max: 1000}),
    all: Flags.boolean({char: 'a', description: 'show deregistered revisions too, which cannot be run again'}),
  }

  async run(): Promise<RevisionList> {
    const {args, flags} = await this.parse(ServiceRevisions)
    const context = await this.context(flags)
    const {cluster, limit, all: inactive} = flags
    const result = await listRevisions(context, {cluster, name: args.service, limit, inactive})
    context.output.result(renderRevisionList(result))
    return result
  }
}
