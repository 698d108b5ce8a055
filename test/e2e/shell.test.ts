import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {expect, test} from 'vitest'
import {runProduct, startProduct} from '../helpers/run-product.js'

const credentials = {AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret'}

test('prints its version', async () => {
  const {exitCode, stdout, stderr} = await runProduct(['--version'])

  expect(stdout).toMatch(/^fargate\/\d+\.\d+\.\d+ /)
  expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''})
})

test.each([[['-h']], [['--help']], [['help']], [[]]])('shows the topics for %j', async (args) => {
  const {exitCode, stdout, stderr} = await runProduct(args)

  expect(stdout).toContain('a local AWS to work without an account')
  expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''})
})

test('shows the help of a command that is named behind help', async () => {
  const {exitCode, stdout} = await runProduct(['help', 'local', 'env'])

  expect(stdout).toContain('$ fargate local env')
  expect(exitCode).toBe(0)
})

test('suggests a command for an unknown one', async () => {
  const {exitCode, stdout, stderr} = await runProduct(['lokal', 'env'])

  expect(stderr.split('\n')).toEqual([
    'Error: fargate lokal env is no command; did you mean fargate local env?',
    'Try: fargate --help',
  ])
  expect({exitCode, stdout}).toEqual({exitCode: 127, stdout: ''})
})

test('tells an unknown command as JSON', async () => {
  const {exitCode, stdout, stderr} = await runProduct(['lokal', 'env', '--json'])

  expect(JSON.parse(stdout)).toMatchObject({error: {code: 'COMMAND_UNKNOWN', details: {suggestion: 'local env'}}})
  expect({exitCode, stderr}).toEqual({exitCode: 127, stderr: ''})
})

test('tells an unknown command whose help is asked for', async () => {
  const {exitCode, stderr} = await runProduct(['local', 'evn', '--help'])

  expect(stderr).toContain('did you mean fargate local env?')
  expect(exitCode).toBe(127)
})

test('refuses an argument where none belongs', async () => {
  const {exitCode, stderr} = await runProduct(['local', 'env', 'extra'])

  expect(stderr).toContain('Error: fargate local env takes no argument: extra')
  expect(exitCode).toBe(2)
})

test('refuses an unknown flag with the closest one', async () => {
  const {exitCode, stdout, stderr} = await runProduct(['local', 'env', '--regoin', 'us-east-1'])

  expect(stderr).toContain('unknown flag --regoin; did you mean --region?')
  expect({exitCode, stdout}).toEqual({exitCode: 2, stdout: ''})
})

test('prints one short document for a flag error with --json', async () => {
  const {exitCode, stdout, stderr} = await runProduct(['local', 'env', '--regoin', 'x', '--json'])

  expect(Object.keys(JSON.parse(stdout).error)).toEqual(['code', 'message', 'hints', 'details'])
  expect(stdout.length).toBeLessThan(500)
  expect({exitCode, stderr}).toEqual({exitCode: 2, stderr: ''})
})

test('takes global flags before the command', async () => {
  const {exitCode, stdout} = await runProduct(['--json', '--region', 'us-east-1', 'local', 'env'])

  expect(JSON.parse(stdout)).toMatchObject({error: {code: 'LOCAL_NOT_RUNNING'}})
  expect(exitCode).toBe(3)
})

test('takes global flags from the environment', async () => {
  const {exitCode, stdout} = await runProduct(['local', 'env'], {env: {FARGATE_JSON: '1', FARGATE_REGION: 'moon'}})

  expect(JSON.parse(stdout)).toMatchObject({error: {code: 'REGION_INVALID'}})
  expect(exitCode).toBe(2)
})

test('ends quietly when nobody reads its output any more', async () => {
  const product = startProduct(['--help'])
  product.stdout.destroy()
  const {exitCode, stderr} = await product

  expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''})
})

test('says how to sign in when there are no credentials', async () => {
  const args = ['service', 'scale', 'web', '-2', '--region', 'us-east-1']
  const text = await runProduct(args)
  const json = await runProduct([...args, '--json'])

  expect(text.stderr).toContain('Error: no usable AWS credentials')
  expect(text.stderr.split('\n').at(-1)).toBe('Try: try the command without an AWS account: add --local')
  expect(text.exitCode).toBe(4)
  expect(JSON.parse(json.stdout)).toMatchObject({error: {code: 'CREDENTIALS_MISSING'}})
  expect(json.exitCode).toBe(4)
})

test('asks for a region when there is none', async () => {
  const {exitCode, stderr} = await runProduct(['service', 'scale', 'web', '2'], {env: credentials})

  expect(stderr).toContain('Error: no AWS region is set')
  expect(exitCode).toBe(2)
})

test('ends as cancelled at Ctrl-C, while AWS does not answer', async () => {
  const silent = createServer()
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const asked = new Promise((resolve) => silent.once('request', resolve))
  const {port} = silent.address() as AddressInfo

  const product = startProduct(['service', 'scale', 'web', '2'], {
    env: {...credentials, AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`},
  })
  await asked
  product.kill('SIGINT')

  const {exitCode, stdout, stderr} = await product
  silent.closeAllConnections()
  silent.close()
  expect(stderr).toMatch(/^Error: .*cancelled/m)
  expect({exitCode, stdout}).toEqual({exitCode: 130, stdout: ''})
})
