import {expect, test} from 'vitest'
import ServiceUpdate from '../../../commands/service/update.js'
import {updateOptions} from '../../../src/cli/update-flags.js'
import {runCommand} from '../../helpers/run-command.js'

test.each<[string[], string, string]>([
  [[], 'NOTHING_TO_UPDATE', 'nothing is to be updated: name at least one setting'],
  [['--cluster', 'other', '--no-wait'], 'NOTHING_TO_UPDATE', 'nothing is to be updated: name at least one setting'],
  [
    ['--cpu', '300'],
    'VALUE_INVALID',
    '--cpu: cpu 300 is not valid: use 256, 512, 1024, 2048, 4096, 8192, 16384, 32768 or the same in vCPU, e.g. "0.5 vCPU"',
  ],
  [
    ['--cpu', '256', '--memory', '4GB'],
    'VALUE_INVALID',
    '--cpu and --memory: memory 4096 does not go with cpu 256 on Fargate: use memory 2048 with cpu 256, ' +
      'or cpu 512 with memory 4096',
  ],
  [
    ['--health-check-interval', '4'],
    'HEALTH_CHECK_INVALID',
    'health check interval 4 is not valid: use a number from 5 to 300 seconds',
  ],
  [['--tag', 'fargate:managed=no'], 'VALUE_INVALID', expect.stringContaining('use another key') as never],
  [['--task-role', 'a b'], 'VALUE_INVALID', expect.stringContaining('--task-role') as never],
])('%j is refused before any call', async (words, code, message) => {
  const {error} = await runCommand(ServiceUpdate, ['web', ...words])

  expect(error).toMatchObject({code, exitCode: 2, message})
})

test('half a size is read in every spelling, and what is not given is left open', () => {
  const asked = updateOptions('web', {cpu: '.5 vCPU'})

  expect(asked).toMatchObject({cpu: 512, circuitBreaker: undefined, assignPublicIp: undefined})
  expect(asked).not.toHaveProperty('memory')
})
