import {DescribeVpcs$, RunInstances$} from '@aws-sdk/client-ec2'
import {ModifyTargetGroupAttributes$, SetSubnets$} from '@aws-sdk/client-elastic-load-balancing-v2'
import type {StaticOperationSchema} from '@smithy/types'
import {expect, it} from 'vitest'
import {readQueryInput} from '../../../../../src/local/wire/protocols/query-request.js'

interface Form {
  readonly title: string
  readonly schema: StaticOperationSchema
  readonly ec2: boolean
  readonly form: string
  readonly input: object
}

const forms: readonly Form[] = [
  {
    title: 'a list under member',
    schema: SetSubnets$,
    ec2: false,
    form: 'LoadBalancerArn=arn&Subnets.member.1=a&Subnets.member.2=b',
    input: {LoadBalancerArn: 'arn', Subnets: ['a', 'b']},
  },
  {
    title: 'items in the order of their numbers, with gaps',
    schema: SetSubnets$,
    ec2: false,
    form: 'Subnets.member.10=c&Subnets.member.2=b&Subnets.member.1=a',
    input: {Subnets: ['a', 'b', 'c']},
  },
  {
    title: 'an empty list, which is its bare name',
    schema: SetSubnets$,
    ec2: false,
    form: 'Subnets=',
    input: {Subnets: []},
  },
  {
    title: 'a list of structures with escaped text',
    schema: ModifyTargetGroupAttributes$,
    ec2: false,
    form: 'Attributes.member.1.Key=a%20b&Attributes.member.1.Value=c+d%26',
    input: {Attributes: [{Key: 'a b', Value: 'c d&'}]},
  },
  {
    title: 'flat lists of EC2 with names of their own',
    schema: DescribeVpcs$,
    ec2: true,
    form: 'Filter.1.Name=cidr&Filter.1.Value.1=10.0.0.0%2F16&Filter.1.Value.2=x&VpcId.1=vpc-1&DryRun=true&MaxResults=5',
    input: {
      Filters: [{Name: 'cidr', Values: ['10.0.0.0/16', 'x']}],
      VpcIds: ['vpc-1'],
      DryRun: true,
      MaxResults: 5,
    },
  },
  {
    title: 'structures in EC2, whose keys are capitalised',
    schema: RunInstances$,
    ec2: true,
    form: 'Placement.AvailabilityZone=us-east-1a&TagSpecification.1.ResourceType=instance&TagSpecification.1.Tag.1.Key=k',
    input: {
      Placement: {AvailabilityZone: 'us-east-1a'},
      TagSpecifications: [{ResourceType: 'instance', Tags: [{Key: 'k'}]}],
    },
  },
]

it.each(forms)('reads $title', ({schema, ec2, form, input}) => {
  expect(readQueryInput(schema[4], new URLSearchParams(`Action=X&Version=Y&${form}`), {ec2})).toEqual(input)
})

it('keeps a member that is called like a property of every object out of the prototype', () => {
  const input = readQueryInput(SetSubnets$[4], new URLSearchParams('__proto__.polluted=1'), {ec2: false})

  expect(input).toEqual({})
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})
