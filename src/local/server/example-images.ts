import type {Registry} from '../registry/registry.js'
import {defaultScope} from '../scope.js'

/** The repository of the images that stand for `examples/` where there is no docker to build them. */
const exampleRepository = 'fargate-examples'

/** Images of the first account and region that behave like the programs in `examples/`, so that docker is not needed. */
export async function seedExamples(registry: Registry): Promise<void> {
  const web = (version: string) => ({
    config: {
      entrypoint: ['/web'],
      labels: {
        'fargate.simulate.response': `Hello from version ${version}\n`,
        'fargate.simulate.output': `listening on port 80, version ${version}`,
      },
    },
  })
  const crash = {
    config: {
      entrypoint: ['/web'],
      labels: {
        'fargate.simulate.exit-code': '1',
        'fargate.simulate.exit-after': '1',
        'fargate.simulate.output': 'fatal: DATABASE_URL is not set',
      },
    },
  }
  await registry.seed(defaultScope, exampleRepository, 'v1', web('1'))
  await registry.seed(defaultScope, exampleRepository, 'v2', web('2'))
  await registry.seed(defaultScope, exampleRepository, 'crash', crash)
}
