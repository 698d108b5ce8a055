import {expect, test} from 'vitest'
import {confirmDeletion} from '../../../src/actions/confirmation.js'
import {createMemoryOutput} from '../../../src/output/memory.js'

const changes = [
  {step: 'service', thing: 'service web', change: 'delete', detail: '2 tasks running'},
  {step: 'log-group', thing: 'log group /fargate/service/web', change: 'delete'},
] as const

test('asks nobody where the answer is given', async () => {
  const output = createMemoryOutput([false])
  await confirmDeletion(output, 'service web', changes, true)

  expect(output.records).toEqual([])
})

test('is a usage error that names the flag where nobody can be asked', async () => {
  const output = createMemoryOutput()

  await expect(confirmDeletion(output, 'service web', changes, false)).rejects.toMatchObject({
    code: 'CONFIRMATION_REQUIRED',
    exitCode: 2,
    hints: ['confirm on the command line: --yes', 'see what would be deleted: --dry-run'],
  })
})

test('shows what will be deleted before it asks', async () => {
  const output = createMemoryOutput([true])
  await confirmDeletion(output, 'service web', changes, false)

  expect(output.records).toEqual([
    {kind: 'info', text: 'This deletes service web:'},
    {kind: 'info', text: '  service web (2 tasks running)'},
    {kind: 'info', text: '  log group /fargate/service/web'},
    {kind: 'question', text: 'Delete them?'},
  ])
})

test('a no is a cancellation', async () => {
  const output = createMemoryOutput([false])

  await expect(confirmDeletion(output, 'service web', changes, false)).rejects.toMatchObject({
    code: 'DECLINED',
    exitCode: 130,
  })
})
