import {expect, test} from 'vitest'
import {completeWord} from '../../../../src/cli/completion/complete-word.js'
import type {FlagShape} from '../../../../src/cli/completion/program-shape.js'
import {createProgram} from '../../../../src/cli/completion/program-shape.js'
import {readWords} from '../../../../src/cli/completion/read-words.js'

const flags = (...shapes: readonly FlagShape[]) => Object.fromEntries(shapes.map((shape) => [shape.name, shape]))
const globals = flags(
  {name: 'cluster', type: 'option', helpGroup: 'GLOBAL'},
  {name: 'quiet', type: 'boolean', char: 'q', helpGroup: 'GLOBAL'},
)
const service = {service: {name: 'service'}}

const program = createProgram(
  {
    'service:info': {id: 'service:info', summary: 'Show a service.', args: service, flags: globals},
    'service:env:set': {id: 'service:env:set', args: service, flags: globals},
    'service:secret:hide': {id: 'service:secret:hide', hidden: true, args: {}, flags: globals},
    'lb:create': {
      id: 'lb:create',
      args: {'load-balancer': {name: 'load-balancer'}},
      flags: flags(
        ...Object.values(globals),
        {name: 'certificate', type: 'option', multiple: true, delimiter: ','},
        {name: 'scheme', type: 'option', options: ['internal', 'internet-facing']},
        {name: 'num', type: 'option', char: 'n'},
        {name: 'wait', type: 'boolean', allowNo: true},
        {name: 'secret-trick', type: 'boolean', hidden: true},
      ),
    },
    completion: {id: 'completion', args: {shell: {name: 'shell', options: ['bash', 'zsh']}}, flags: globals},
  },
  {service: {description: 'run services', subtopics: {env: {description: 'variables'}}}},
)

/** What stands at the `|` of a line. */
function at(line: string) {
  const words = line.slice(0, -1).split(' ')
  const word = words.pop() ?? ''
  const read = readWords(program, words)
  return read && completeWord(program, read, word)
}

test.each([
  ['|', ['completion', 'help', 'lb', 'service']],
  ['help |', ['completion', 'lb', 'service']],
  ['service |', ['env', 'info']],
  ['service env |', ['set']],
  ['--cluster one service |', ['env', 'info']],
  ['-q service |', ['env', 'info']],
  ['completion |', ['bash', 'zsh']],
  ['completion bash |', []],
  ['lb create front --scheme |', ['internal', 'internet-facing']],
  ['lb create front --scheme=i|', ['internal', 'internet-facing']],
  ['lb create front --num |', []],
  ['lb create front --wait=|', ['true', 'false']],
  ['service info --|', ['--cluster', '--quiet', '--help']],
  ['service info -|', ['--cluster', '--quiet', '--help', '-q']],
  ['service info --quiet --|', ['--cluster', '--help']],
  ['lb create --num 3 --|', ['--cluster', '--quiet', '--certificate', '--scheme', '--wait', '--no-wait', '--help']],
  ['-|', ['--cluster', '--quiet', '--help', '-q']],
])('offers at %j %j', (line, values) => {
  expect(at(line)?.candidates.map(({value}) => value)).toEqual(values)
})

test('describes topics and commands', () => {
  expect(at('|')?.candidates).toContainEqual({value: 'service', description: 'run services'})
  expect(at('service |')?.candidates).toContainEqual({value: 'info', description: 'Show a service.'})
})

test.each([
  ['service info |', 'service', ''],
  ['service info -- |', 'service', ''],
  ['service info --cluster |', 'cluster', ''],
  ['service info --cluster=o|', 'cluster', '--cluster='],
  ['--cluster |', 'cluster', ''],
  ['lb create front --certificate=a,|', 'certificate', '--certificate=a,'],
])('knows of what kind the value at %j is: %s', (line, kind, prefix) => {
  expect(at(line)).toMatchObject({kind, prefix})
})

test.each(['lb create |', 'lb create front --num |', 'service info web |', 'help service info |'])(
  'foresees nothing at %j',
  (line) => {
    expect(at(line)).toEqual({candidates: [], prefix: '', taken: []})
  },
)

test('names the values of a list that are there already', () => {
  expect(at('lb create front --certificate a --certificate b,|')?.taken).toEqual(['a', 'b', ''])
})

test.each(['nope |', 'service nope |'])('has no answer behind words that are no command: %j', (line) => {
  expect(at(line)).toBeUndefined()
})
