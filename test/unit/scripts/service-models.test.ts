import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {gzipSync} from 'node:zlib'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {constraintsText} from '../../../scripts/service-models.mjs'

const models = join(import.meta.dirname, '../../fixtures/service-models')
const expected = readFileSync(join(models, 'constraints.json'), 'utf8')
const inUse = {clocks: ['StopClocks', 'SetClock', 'ListClocks']}

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fargate-models-'))
})
afterEach(() => rmSync(folder, {recursive: true}))

test('of the newest model only what limits the operations in use is kept', () => {
  expect(constraintsText(models, 'clocks 7', inUse)).toBe(expected)
})

test('the order in which a model says things makes no difference', () => {
  cpSync(models, folder, {recursive: true})
  const file = join(folder, 'clocks/2024-06-01/service-2.json')
  const model = JSON.parse(readFileSync(file, 'utf8')) as {shapes: Record<string, object>}
  writeFileSync(file, JSON.stringify({...model, shapes: Object.fromEntries(Object.entries(model.shapes).reverse())}))

  expect(constraintsText(folder, 'clocks 7', inUse)).toBe(expected)
})

test('a compressed model, as installed botocore has it, says the same', () => {
  cpSync(models, folder, {recursive: true})
  const file = join(folder, 'clocks/2024-06-01/service-2.json')
  writeFileSync(`${file}.gz`, gzipSync(readFileSync(file)))
  rmSync(file)

  expect(constraintsText(folder, 'clocks 7', inUse)).toBe(expected)
})

test.each([
  [{clocks: ['WindClock']}, 'clocks 2024-06-01 has no operation WindClock'],
  [{sundials: ['SetDial']}, 'sundials'],
])('%j is refused', (operations, message) => {
  expect(() => constraintsText(models, 'clocks 7', operations)).toThrow(message)
})

test('the table of the local AWS is in the form that the script gives it, of the operations that are listed', () => {
  const read = (file: string) => readFileSync(join(import.meta.dirname, '../../..', file), 'utf8')
  const table = JSON.parse(read('src/local/constraints/constraints.json')) as {
    source: string
    services: Record<string, {operations: Record<string, unknown>}>
  }
  const listed = JSON.parse(read('scripts/emulated-operations.json')) as Record<string, string[]>

  expect(table.source).toMatch(/^service models of botocore \d+\.\d+\.\d+, Apache-2\.0$/)
  expect(
    Object.fromEntries(Object.entries(table.services).map(([name, {operations}]) => [name, Object.keys(operations)])),
  ).toEqual(listed)
})
