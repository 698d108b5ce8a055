/** Who may import whom. `npm run layering` checks it; test/unit/layering.test.ts checks that the rules bite. */

/** Each adapter folder with the SDK client that it alone may use. */
const sdkClients = {
  acm: 'acm',
  ec2: 'ec2',
  ecr: 'ecr',
  ecs: 'ecs',
  elbv2: 'elastic-load-balancing-v2',
  iam: 'iam',
  logs: 'cloudwatch-logs',
  route53: 'route-53',
  secretsmanager: 'secrets-manager',
  ssm: 'ssm',
  sts: 'sts',
}

const adapters = [...Object.keys(sdkClients), 'docker', 'git']
const adapterFolder = `^src/(${adapters.join('|')})/`
/** Parts of src/aws that hold no state and load no SDK. */
const awsTools = '^src/aws/(batching|errors|paging|partition|poll)[.]ts$'

const forbid = (name, comment, from, to) => ({name, comment, severity: 'error', from, to})
const running = {dependencyTypesNot: ['type-only']}

module.exports = {
  forbidden: [
    forbid('no-cycles', 'Cycles hide which part needs which.', {}, {circular: true, viaOnly: running}),
    forbid('no-unresolved', 'Every import is there.', {}, {couldNotResolve: true}),

    forbid('lib-alone', 'lib holds pure functions.', {path: '^src/lib/'}, {pathNot: '^(src/lib/|crypto$)'}),
    forbid(
      'base-alone',
      'errors, output and process stand on errors and lib.',
      {path: '^src/(errors|output|process)/'},
      {path: '^(src|commands)/', pathNot: '^src/($1|errors|lib)/'},
    ),
    forbid(
      'aws-alone',
      'aws stands on errors and lib; it knows the adapters as types.',
      {path: '^src/aws/', pathNot: '^src/aws/clients[.]ts$'},
      {path: '^(src|commands)/', pathNot: '^src/(aws|errors|lib)/', ...running},
    ),
    forbid(
      'aws-clients-lazy',
      'aws/clients loads each SDK at its first call.',
      {path: '^src/aws/clients[.]ts$'},
      {path: `${adapterFolder}|node_modules/@aws-sdk/`, dependencyTypesNot: ['type-only', 'dynamic-import']},
    ),

    forbid(
      'adapters-apart',
      'An action composes adapters; they never know each other.',
      {path: adapterFolder},
      {path: '^(src|commands)/', pathNot: '^src/($1|aws|process|errors|lib)/'},
    ),
    forbid(
      'adapters-get-clients',
      'An adapter is given its client.',
      {path: adapterFolder},
      {path: '^src/aws/', pathNot: awsTools, ...running},
    ),
    ...Object.entries(sdkClients).map(([folder, client]) =>
      forbid(
        `sdk-${folder}`,
        `Only ${folder}/sdk.ts loads its SDK client; the folder may use its types.`,
        {path: '^(src|commands)/', pathNot: `^src/(${folder}/sdk[.]ts$|local/)`},
        {path: `node_modules/@aws-sdk/client-${client}/`, ...running},
      ),
    ),
    forbid(
      'sdk-types',
      'SDK types end at the adapters.',
      {path: '^(src|commands)/', pathNot: `${adapterFolder}|^src/(aws|local)/`},
      {path: 'node_modules/@(aws-sdk|smithy)/'},
    ),

    forbid(
      'plan-and-rollout',
      'plan and rollout stand on adapters.',
      {path: '^src/(plan|rollout)/'},
      {path: '^(src|commands)/', pathNot: [`^src/($1|aws|errors|lib|output)/`, adapterFolder]},
    ),
    forbid(
      'actions',
      'Actions know nothing of commands, terminals and the local AWS.',
      {path: '^src/actions/'},
      {path: '^(src|commands)/', pathNot: ['^src/(actions|plan|rollout|aws|errors|lib|output)/', adapterFolder]},
    ),
    forbid(
      'context-as-types',
      'Output and AWS clients arrive in the context.',
      {path: '^src/(actions|plan|rollout)/'},
      {path: '^src/(aws|output)/', pathNot: awsTools, ...running},
    ),

    forbid(
      'commands',
      'A command parses, calls one action and renders.',
      {path: '^commands/'},
      {path: '^src/', pathNot: '^src/(cli|actions|errors|lib|local)/'},
    ),
    forbid(
      'commands-local',
      'Only the commands of the topic local start the local AWS.',
      {path: '^commands/', pathNot: '^commands/local/'},
      {path: '^src/local/'},
    ),
    forbid('nobody-imports-commands', 'oclif loads commands.', {path: '^src/'}, {path: '^commands/'}),

    forbid(
      'local-alone',
      'The local AWS must not agree with our own mistakes.',
      {path: '^src/local/'},
      {path: '^(src|commands)/', pathNot: '^src/(local|lib)/'},
    ),
    forbid(
      'local-started-by-shell',
      'Nothing else knows the local AWS.',
      {path: '^src/', pathNot: '^src/(local|cli)/'},
      {path: '^src/local/'},
    ),
    forbid(
      'local-services-apart',
      'Services of the local AWS talk through its ports.',
      {path: '^src/local/services/([^/]+)/'},
      {path: '^src/local/services/', pathNot: '^src/local/services/($1/|[^/]+[.]ts$)'},
    ),

    forbid(
      'oclif-in-shell',
      'Only commands and src/cli know oclif.',
      {path: '^src/', pathNot: '^src/cli/'},
      {path: 'node_modules/@oclif/'},
    ),
    forbid(
      'execa-in-process',
      'Only src/process starts programs.',
      {path: '^(src|commands)/', pathNot: '^src/process/'},
      {path: 'node_modules/execa/|^child_process$'},
    ),
    forbid(
      'ora-in-terminal',
      'Only the terminal output has a spinner.',
      {path: '^(src|commands)/', pathNot: '^src/output/terminal[.]ts$'},
      {path: 'node_modules/ora/'},
    ),
    forbid(
      'time-and-process-injected',
      'Time, environment and streams arrive in the context.',
      {path: '^(src|commands)/', pathNot: '^src/(cli|output)/'},
      {path: '^(console|process|readline|readline/promises|timers|timers/promises|tty)$'},
    ),
  ],
  options: {
    doNotFollow: {path: 'node_modules'},
    tsPreCompilationDeps: true,
    tsConfig: {fileName: 'tsconfig.json'},
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
