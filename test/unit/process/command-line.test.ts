import {expect, test} from 'vitest'
import {describeCommand} from '../../../src/process/command-line.js'

test.each([
  {command: ['docker', 'push', 'r.example:5000/app:v1@sha256:0'], shown: 'docker push r.example:5000/app:v1@sha256:0'},
  {command: ['docker', 'build', 'my app'], shown: "docker build 'my app'"},
  {command: ['echo', "it's", '$HOME', ''], shown: "echo 'it'\\''s' '$HOME' ''"},
])('shows $command as a shell takes it', ({command, shown}) => {
  expect(describeCommand(command)).toBe(shown)
})

test('shows the variables of the command before it', () => {
  expect(describeCommand(['docker', 'build', '.'], {env: {A: '1', B: 'x y'}})).toBe("A=1 B='x y' docker build .")
})

test('hides secrets, a longer one before a part of it', () => {
  const shown = describeCommand(['login', 'hunter2-long', 'x=hunter2'], {
    env: {KEY: 'hunter2'},
    secrets: ['hunter2', 'hunter2-long', ''],
  })

  expect(shown).toBe("KEY='***' login '***' 'x=***'")
})
