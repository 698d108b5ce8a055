import {expect, test} from 'vitest'
import {unknownCommand} from '../../../src/cli/unknown-command.js'

const commands = {bin: 'fargate', ids: ['lb:list', 'service:list', 'service:env:set']}

test.each([
  ['service:lst', 127, 'fargate service lst is no command; did you mean fargate service list?'],
  ['servce:list:web', 127, 'fargate servce list web is no command; did you mean fargate service list?'],
  ['servce', 127, 'fargate servce is no command; did you mean fargate service?'],
  ['service:env:unset', 127, 'fargate service env unset is no command; did you mean fargate service env set?'],
  ['teleport', 127, 'fargate teleport is no command'],
  ['service:list:extra', 2, 'fargate service list takes no argument: extra'],
  ['--bogus', 2, 'unknown flag --bogus before a command'],
])('explains %j with exit code %i', (id, exitCode, message) => {
  expect(unknownCommand(id, commands)).toMatchObject({exitCode, message})
})

test('points to the help of the topic', () => {
  expect(unknownCommand('service:frobnicate', commands).hints).toEqual(['fargate service --help'])
  expect(unknownCommand('teleport', commands).hints).toEqual(['fargate --help'])
})
