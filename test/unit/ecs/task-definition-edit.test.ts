import {RegisterTaskDefinitionRequest$, TaskDefinition$} from '@aws-sdk/client-ecs'
import {describe, expect, test} from 'vitest'
import {mainContainer, registrationOf} from '../../../src/ecs/task-definition-edit.js'
import {everyMember} from '../../helpers/every-member.js'
import {holdsForEvery, oneOf} from '../../helpers/property.js'

const described = everyMember(TaskDefinition$)
const registrable = Object.keys(oneOf(everyMember(RegisterTaskDefinitionRequest$)))

test('a registration has every member of a revision that ECS takes, and no other', async () => {
  await holdsForEvery(described, (taskDefinition) => {
    const tags = [{key: 'team', value: 'blue'}]
    const registration = registrationOf({arn: 'arn:x', taskDefinition, tags})
    const taken = Object.fromEntries(Object.entries(taskDefinition).filter(([name]) => registrable.includes(name)))

    expect(registration).toEqual({...taken, tags})
  })
})

test('a registration carries members that this program has never heard of', () => {
  const taskDefinition = {family: 'web', madeUpLater: {a: [1]}} as {family: string}

  expect(registrationOf({arn: 'arn:x', taskDefinition, tags: []})).toEqual({family: 'web', madeUpLater: {a: [1]}})
})

test('a registration shares nothing with the revision that it is a copy of', () => {
  const taskDefinition = {containerDefinitions: [{name: 'web', environment: [{name: 'A', value: '1'}]}]}
  const registration = registrationOf({arn: 'arn:x', taskDefinition, tags: []})

  expect(registration.containerDefinitions?.[0]).not.toBe(taskDefinition.containerDefinitions[0])
})

test('a registration leaves out the tags that only AWS may set', () => {
  const tags = [
    {key: 'aws:cloudformation:stack-name', value: 's'},
    {key: 'AWS:x', value: 'y'},
    {key: 'aws-team', value: 'b'},
  ]

  expect(registrationOf({arn: 'arn:x', taskDefinition: {}, tags}).tags).toEqual([{key: 'aws-team', value: 'b'}])
  expect(registrationOf({arn: 'arn:x', taskDefinition: {}, tags: tags.slice(0, 1)})).toEqual({})
})

describe('mainContainer', () => {
  const containers = [
    {name: 'log-router', essential: false},
    {name: 'proxy', essential: true},
    {name: 'web', essential: true},
    {name: 'metrics'},
  ]

  test.each([
    ['the one that the load balancer names', {loadBalancerContainer: 'proxy', service: 'web'}, 'proxy'],
    ['the one with the name of the service', {service: 'web'}, 'web'],
    ['the first essential one', {service: 'api'}, 'proxy'],
    ['the next where the load balancer names one that is gone', {loadBalancerContainer: 'old', service: 'web'}, 'web'],
  ])('answers %s', (_what, names, container) => {
    expect(mainContainer({containerDefinitions: containers}, names)?.name).toBe(container)
  })

  test('takes a container without a word on it for essential, as ECS does', () => {
    const containerDefinitions = [{name: 'log', essential: false}, {name: 'metrics'}]
    expect(mainContainer({containerDefinitions}, {service: 'web'})?.name).toBe('metrics')
  })

  test('answers the first where none is essential, and undefined where there is none', () => {
    const containerDefinitions = [{name: 'log', essential: false}]
    expect(mainContainer({containerDefinitions}, {service: 'web'})?.name).toBe('log')
    expect(mainContainer({}, {service: 'web'})).toBeUndefined()
  })
})
