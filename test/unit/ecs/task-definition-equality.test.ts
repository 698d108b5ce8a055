import {RegisterTaskDefinitionRequest$} from '@aws-sdk/client-ecs'
import {integer, tuple} from 'fast-check'
import {describe, expect, test} from 'vitest'
import {sameTaskDefinition} from '../../../src/ecs/task-definition-equality.js'
import type {TaskDefinitionInput} from '../../../src/ecs/task-definitions.js'
import {everyMember, mapMembers} from '../../helpers/every-member.js'
import {holdsForEvery} from '../../helpers/property.js'

const registrations = everyMember(RegisterTaskDefinitionRequest$)

type Json = Record<string, unknown>
type Path = readonly (string | number)[]

function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([name, child]) => leaves(child, [...path, name]))
}

function changeAt(value: Json, path: Path, change: (old: unknown) => unknown): Json {
  const copy = structuredClone(value)
  const holder = path.slice(0, -1).reduce<Json>((inner, name) => inner[name] as Json, copy)
  const last = path.at(-1) ?? ''
  holder[last] = change(holder[last])
  return copy
}

const another = (value: unknown): unknown => {
  if (typeof value === 'boolean') return !value
  return typeof value === 'number' ? value + 1 : `${String(value)}!`
}

const input = (value: unknown) => value as TaskDefinitionInput

test('a registration is the same as itself, in whatever order its members come', async () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([name, child]) => [name, reversed(child)]),
    )
  }
  await holdsForEvery(registrations, (value) => {
    expect(sameTaskDefinition(input(value), input(reversed(value)))).toBe(true)
  })
})

test('every change of a value is seen, wherever it is', async () => {
  await holdsForEvery(
    tuple(registrations, integer({min: 0, max: 1_000_000})),
    ([value, place]) => {
      const paths = leaves(value)
      const path = paths[place % paths.length] ?? []
      const changed = changeAt(value, path, another)
      expect(sameTaskDefinition(input(value), input(changed)), path.join('.')).toBe(false)
    },
    100,
  )
})

test('every value that is taken away from a map is seen', async () => {
  const maps = mapMembers(RegisterTaskDefinitionRequest$)
  await holdsForEvery(
    registrations,
    (value) => {
      for (const path of leaves(value).filter((each) => maps.includes(String(each.at(-2))))) {
        const changed = changeAt(value, path.slice(0, -1), (map) => {
          const {[path.at(-1) ?? '']: _gone, ...rest} = map as Json
          return rest
        })
        expect(sameTaskDefinition(input(value), input(changed)), path.join('.')).toBe(false)
      }
    },
    6,
  )
})

const container = {name: 'web', image: 'web:1', essential: true, portMappings: [{containerPort: 80, protocol: 'tcp'}]}
const registration = {family: 'service_web', cpu: '256', memory: '512', containerDefinitions: [container]}

test('is the same with all that ECS fills in', () => {
  const described = {
    ...registration,
    volumes: [],
    placementConstraints: [],
    enableFaultInjection: false,
    containerDefinitions: [
      {
        ...container,
        cpu: 0,
        portMappings: [{containerPort: 80, hostPort: 80, protocol: 'tcp'}],
        environment: [],
        mountPoints: [],
        volumesFrom: [],
        systemControls: [],
      },
    ],
  }
  const {essential: _essential, ...terse} = container

  expect(sameTaskDefinition(input(registration), input(described))).toBe(true)
  expect(sameTaskDefinition(input({...registration, containerDefinitions: [terse]}), input(described))).toBe(true)
})

describe('lists', () => {
  const withContainer = (members: object) =>
    input({...registration, containerDefinitions: [{...container, ...members}]})
  const a = {name: 'A', value: '1'}
  const b = {name: 'B', value: '2'}

  test('variables and secrets are sets', () => {
    expect(sameTaskDefinition(withContainer({environment: [a, b]}), withContainer({environment: [b, a]}))).toBe(true)
    const [x, y] = [
      {name: 'X', valueFrom: 'x'},
      {name: 'Y', valueFrom: 'y'},
    ]
    expect(sameTaskDefinition(withContainer({secrets: [x, y]}), withContainer({secrets: [y, x]}))).toBe(true)
  })

  test('of two variables of one name the order counts', () => {
    const other = {name: 'A', value: '2'}
    expect(sameTaskDefinition(withContainer({environment: [a, other]}), withContainer({environment: [other, a]}))).toBe(
      false,
    )
  })

  test('of a command the order counts', () => {
    expect(sameTaskDefinition(withContainer({command: ['a', 'b']}), withContainer({command: ['b', 'a']}))).toBe(false)
  })

  test('a port of the host of its own is a difference', () => {
    const mapped = {portMappings: [{containerPort: 80, hostPort: 8080, protocol: 'tcp'}]}
    expect(sameTaskDefinition(withContainer({}), withContainer(mapped))).toBe(false)
  })
})
