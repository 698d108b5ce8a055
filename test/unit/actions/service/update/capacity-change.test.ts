import {expect, test} from 'vitest'
import {capacityChange, withoutPublicIp} from '../../../../../src/actions/service/update/capacity-change.js'
import {compatibilityAfter} from '../../../../../src/actions/service/update/compatibility.js'
import type {Service} from '../../../../../src/ecs/services.js'
import type {Capacity} from '../../../../../src/lib/capacity.js'

const provider = (capacityProvider: string, weight = 1) => ({capacityProvider, weight, base: 0})
const blue: Capacity = {strategy: [provider('blue')]}
const spot: Capacity = {strategy: [provider('FARGATE_SPOT')]}
const fargate: Capacity = {launchType: 'FARGATE'}
const ec2: Capacity = {launchType: 'EC2'}

const on = (capacity: Capacity, assignPublicIp: 'ENABLED' | 'DISABLED' = 'ENABLED') =>
  ({
    name: 'web',
    capacity,
    networkConfiguration: {awsvpcConfiguration: {subnets: [], assignPublicIp}},
  }) as unknown as Service

test.each<[string, Capacity, Capacity, object[] | undefined]>([
  ['a launch type to a provider', fargate, blue, [provider('blue')]],
  ['EC2 to Fargate', ec2, spot, [provider('FARGATE_SPOT')]],
  ['a provider to another', blue, spot, [provider('FARGATE_SPOT')]],
  ['a provider to a launch type, by an empty strategy', blue, fargate, []],
  ['the same provider', blue, blue, undefined],
  ['the same launch type', fargate, fargate, undefined],
])('%s', (_title, from, to, strategy) => {
  const {settings, deploys} = capacityChange(on(from), to)

  expect(deploys).toBe(strategy !== undefined)
  expect(settings).toEqual(strategy === undefined ? {} : {capacityProviderStrategy: strategy, forceNewDeployment: true})
})

test.each([
  [fargate, ec2],
  [ec2, fargate],
])('ECS cannot move a service from launch type %j to %j, which is said before it is asked', (from, to) => {
  expect(() => capacityChange(on(from), to)).toThrow('ECS cannot change the launch type of service web')
})

test.each<[string, Service, object, boolean | undefined]>([
  ['moves to EC2 lose the public address', on(fargate), {capacity: blue}, false],
  ['what has none needs no change', on(fargate, 'DISABLED'), {capacity: blue}, undefined],
  ['on Fargate it stays', on(fargate), {capacity: spot}, undefined],
  ['nothing about capacity', on(fargate), {assignPublicIp: true}, true],
])('%s', (_title, service, changes, expected) => {
  expect(withoutPublicIp(service, {subnetIds: [], securityGroupIds: [], ...changes}).assignPublicIp).toBe(expected)
})

test('a public address on EC2 is refused', () => {
  const changes = {subnetIds: [], securityGroupIds: [], assignPublicIp: true}

  expect(() => withoutPublicIp(on(blue), changes)).toThrow('ECS gives tasks on EC2 no public address')
})

test.each<[string, string[], Capacity, object, string[] | undefined]>([
  ['a move to EC2 makes it compatible with both', ['FARGATE'], fargate, {capacity: blue}, ['EC2', 'FARGATE']],
  ['what is compatible stays', ['FARGATE', 'EC2'], fargate, {capacity: blue}, undefined],
  ['a definition without a word runs on EC2', [], ec2, {capacity: blue}, undefined],
  ['a move to Fargate, too', ['EC2'], ec2, {capacity: spot}, ['EC2', 'FARGATE']],
  ['nothing about capacity leaves it', ['EC2'], fargate, {}, undefined],
  ['as it is asked for', ['FARGATE'], fargate, {compatibility: 'both'}, ['EC2', 'FARGATE']],
  ['in any order', ['FARGATE', 'EC2'], fargate, {compatibility: 'both'}, undefined],
])('%s', (_title, present, capacity, changes, expected) => {
  const registration = {requiresCompatibilities: present as ('EC2' | 'FARGATE')[]}

  expect(compatibilityAfter(registration, {name: 'web', capacity}, changes)).toEqual(expected)
})

test('what would leave the tasks without a place is refused', () => {
  const after = () => compatibilityAfter({}, {name: 'web', capacity: fargate}, {compatibility: 'ec2'})

  expect(after).toThrow('--compatibility ec2: the tasks of service web run on Fargate')
})
