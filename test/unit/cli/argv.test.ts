import {expect, test} from 'vitest'
import {arrangeArgv, hasFlag, spellOutBooleans} from '../../../src/cli/argv.js'

test.each([
  ['service list', 'service list'],
  ['--local service list', 'service list --local'],
  ['--region us-east-1 -v service list --no-color', 'service list --region us-east-1 -v --no-color'],
  ['service --cluster=x list', 'service list --cluster=x'],
  ['service --cluster x scale web -2', 'service scale web -2 --cluster x'],
  ['service create web --port 80 --json', 'service create web --port 80 --json'],
  ['service create --port 80 --local web', 'service create --port 80 --local web'],
  ['task run web --local -- ls --json', 'task run web --local -- ls --json'],
  ['help service list', 'service list --help'],
  ['--local help service', 'service --help --local'],
  ['help', '--help'],
  ['--json --version', '--version --json'],
  ['--json', ''],
  ['service list --region', 'service list --region'],
  ['--bogus service list', '--bogus service list'],
])('arranges %j as %j', (line, expected) => {
  expect(arrangeArgv(line.split(' ')).join(' ')).toBe(expected)
})

test('arranges nothing as nothing', () => {
  expect(arrangeArgv([])).toEqual([])
})

const flags = {
  wait: {type: 'boolean', allowNo: true},
  force: {type: 'boolean', allowNo: false},
  env: {type: 'option'},
}

test.each([
  ['--wait=false web', '--no-wait web'],
  ['--wait=true', '--wait'],
  ['--force=false web', 'web'],
  ['--force=true', '--force'],
  ['--env=true', '--env=true'],
  ['--unknown=true', '--unknown=true'],
  ['--wait=false -- --wait=false', '--no-wait -- --wait=false'],
])('spells %j as %j', (line, expected) => {
  expect(spellOutBooleans(line.split(' '), flags).join(' ')).toBe(expected)
})

test.each(['--force=1', '--force=', '--wait=maybe'])(
  'refuses %s, which oclif would take for a flag and an argument',
  (token) => {
    expect(() => spellOutBooleans([token], flags)).toThrow(/^--\w+: .* is neither true nor false$/)
  },
)

test.each([
  ['list --json', true],
  ['list', false],
  ['run -- --json', false],
])('finds --json in %j: %j', (line, expected) => {
  expect(hasFlag(line.split(' '), '--json')).toBe(expected)
})
