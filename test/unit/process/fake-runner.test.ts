import {expect, test} from 'vitest'
import {fakeRunner} from '../../helpers/fake-runner.js'

test('answers from its table and records what ran', async () => {
  const lines: string[] = []
  const runner = fakeRunner([
    {command: 'docker push x', stdout: 'a\nb\n', stderr: 'c'},
    {command: /^docker (info|version)$/, exitCode: 1, stderr: 'down'},
  ])

  await expect(runner.run(['docker', 'version'])).rejects.toMatchObject({reason: 'exited', exitCode: 1, stderr: 'down'})
  const result = await runner.run(['docker', 'push', 'x'], {input: 'i', onLine: (line) => lines.push(line)})

  expect(result).toEqual({stdout: 'a\nb\n', stderr: 'c'})
  expect(lines).toEqual(['a', 'b', 'c'])
  expect(runner.runs.map(({command, options}) => [command.join(' '), options.input])).toEqual([
    ['docker version', undefined],
    ['docker push x', 'i'],
  ])
  runner.assertDone()
})

test('fails on a command that is not in the table, and again at the end when the caller hid that', async () => {
  const runner = fakeRunner([])

  await expect(runner.run(['docker', 'info'])).rejects.toThrow('unexpected command: docker info')
  expect(() => runner.assertDone()).toThrow('ran: docker info')
})

test('uses a row once', async () => {
  const runner = fakeRunner([{command: 'git status'}])
  await runner.run(['git', 'status'])

  await expect(runner.run(['git', 'status'])).rejects.toThrow('unexpected command')
})

test('fails at the end on a row that was not used', () => {
  expect(() => fakeRunner([{command: 'git status'}]).assertDone()).toThrow('did not run: git status')
})
