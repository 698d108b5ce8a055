import {Args} from '@oclif/core'
import {BaseCommand} from '../src/cli/base-command.js'
import type {Shell} from '../src/cli/completion/scripts.js'
import {completionScripts, shells} from '../src/cli/completion/scripts.js'

interface CompletionScript {
  readonly shell: Shell
  readonly script: string
}

export default class Completion extends BaseCommand<CompletionScript> {
  static override summary = 'Print the script that completes commands, flags and names in a shell.'
  static override description =
    'The shell reads it when it starts: put the line of the example into ~/.bashrc, into ~/.zshrc below compinit, into ' +
    'the file $PROFILE of PowerShell, or run the one for fish once. ' +
    'Names of clusters, services, task groups, load balancers and certificates come from AWS and are kept for a ' +
    'minute in ~/.cache/fargate (XDG_CACHE_HOME), for you alone to read.'
  static override examples = [
    {description: 'bash', command: 'source <(<%= config.bin %> <%= command.id %> bash)'},
    {description: 'zsh', command: 'source <(<%= config.bin %> <%= command.id %> zsh)'},
    {
      description: 'fish',
      command: '<%= config.bin %> <%= command.id %> fish > ~/.config/fish/completions/<%= config.bin %>.fish',
    },
    {
      description: 'PowerShell',
      command: '<%= config.bin %> <%= command.id %> powershell | Out-String | Invoke-Expression',
    },
  ]
  static override args = {
    shell: Args.option({options: shells})({required: true, description: 'shell that reads the script'}),
  }

  async run(): Promise<CompletionScript> {
    const {args, flags} = await this.parse(Completion)
    const script = completionScripts[args.shell]
    this.output(flags).result(script)
    return {shell: args.shell, script}
  }
}
