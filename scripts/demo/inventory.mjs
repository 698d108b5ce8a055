/** What the API of the AWS with these variables lists, by kind: names and ids. */
export async function inventory(environment) {
  const options = {
    endpoint: environment.AWS_ENDPOINT_URL,
    region: environment.AWS_REGION,
    credentials: {accessKeyId: environment.AWS_ACCESS_KEY_ID, secretAccessKey: environment.AWS_SECRET_ACCESS_KEY},
  }
  const parts = [ofEcs, ofLoadBalancing, ofNetwork, ofLogs, ofRegistry].map((part) => part(options))
  return Object.assign({}, ...(await Promise.all(parts)))
}

async function ofEcs(options) {
  const {ECS, paginateListClusters, paginateListServices, paginateListTasks, paginateListTaskDefinitions} =
    await import('@aws-sdk/client-ecs')
  const client = new ECS(options)
  const clusters = await all(paginateListClusters({client}, {}), 'clusterArns')
  const inClusters = async (paginate, key) =>
    (await Promise.all(clusters.map((cluster) => all(paginate({client}, {cluster}), key)))).flat()
  return {
    services: await inClusters(paginateListServices, 'serviceArns'),
    tasks: await inClusters(paginateListTasks, 'taskArns'),
    'task definitions': await all(paginateListTaskDefinitions({client}, {status: 'ACTIVE'}), 'taskDefinitionArns'),
  }
}

async function ofLoadBalancing(options) {
  const {ElasticLoadBalancingV2, paginateDescribeLoadBalancers, paginateDescribeTargetGroups} = await import(
    '@aws-sdk/client-elastic-load-balancing-v2'
  )
  const client = new ElasticLoadBalancingV2(options)
  const balancers = names(await all(paginateDescribeLoadBalancers({client}, {}), 'LoadBalancers'), 'LoadBalancerArn')
  const groups = await all(paginateDescribeTargetGroups({client}, {}), 'TargetGroups')
  const listeners = (
    await Promise.all(balancers.map((LoadBalancerArn) => client.describeListeners({LoadBalancerArn})))
  ).flatMap(({Listeners}) => names(Listeners, 'ListenerArn'))
  const rules = (await Promise.all(listeners.map((ListenerArn) => client.describeRules({ListenerArn})))).flatMap(
    ({Rules}) => names(Rules, 'RuleArn'),
  )
  return {'load balancers': balancers, listeners, rules, 'target groups': names(groups, 'TargetGroupName')}
}

async function ofNetwork(options) {
  const {EC2, paginateDescribeSecurityGroups} = await import('@aws-sdk/client-ec2')
  const groups = await all(paginateDescribeSecurityGroups({client: new EC2(options)}, {}), 'SecurityGroups')
  return {'security groups': names(groups, 'GroupName').filter((name) => name !== 'default')}
}

async function ofLogs(options) {
  const {CloudWatchLogs, paginateDescribeLogGroups} = await import('@aws-sdk/client-cloudwatch-logs')
  const groups = await all(paginateDescribeLogGroups({client: new CloudWatchLogs(options)}, {}), 'logGroups')
  return {'log groups': names(groups, 'logGroupName')}
}

async function ofRegistry(options) {
  const {ECR, paginateDescribeRepositories} = await import('@aws-sdk/client-ecr')
  const repositories = await all(paginateDescribeRepositories({client: new ECR(options)}, {}), 'repositories')
  return {'image repositories': names(repositories, 'repositoryName')}
}

const names = (things = [], key) => things.map((thing) => thing[key])

async function all(pages, key) {
  const found = []
  for await (const page of pages) found.push(...(page[key] ?? []))
  return found
}
