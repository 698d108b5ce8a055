import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {beforeAll, expect, inject, test} from 'vitest'
import {runProduct} from '../helpers/run-product.js'

interface Manifest {
  readonly commands: Readonly<Record<string, {readonly summary: string; readonly description?: string}>>
}

const texts = new Map<string, string>()
let commands: Manifest['commands']

beforeAll(async () => {
  const manifest = readFileSync(join(inject('product'), 'oclif.manifest.json'), 'utf8')
  commands = (JSON.parse(manifest) as Manifest).commands
  const waiting = Object.keys(commands).sort()
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const {exitCode, stdout, stderr} = await runProduct([...id.split(':'), '--help'], {env: {COLUMNS: '80'}})
      expect({id, exitCode, stderr}).toEqual({id, exitCode: 0, stderr: ''})
      texts.set(id, stdout)
    }
  }
  await Promise.all([work(), work(), work()])
})

test('the help of each command is as it was', async () => {
  const sections = Object.keys(commands)
    .sort()
    .map((id) => `$ fargate ${id.replaceAll(':', ' ')} --help\n\n${texts.get(id)?.trim()}\n`)
  await expect(sections.join(`\n${'='.repeat(80)}\n\n`)).toMatchFileSnapshot('__snapshots__/help.txt')
})

test('help fits 80 columns, but for examples that a shell must be able to read', () => {
  for (const [id, text] of texts) {
    const long = text.split('\n').filter((line) => line.length > 80 && !line.startsWith('  $ fargate '))
    expect(long, id).toEqual([])
  }
})

test('help shows all of the summary and the description of a command', () => {
  const words = (text: string) => text.split(/\s+/).join(' ')
  for (const [id, {summary, description = ''}] of Object.entries(commands)) {
    expect(words(texts.get(id) ?? ''), id).toContain(words(summary))
    expect(words(texts.get(id) ?? ''), id).toContain(words(description).trim())
  }
})
