import type {DescribeRegionsCommandInput, DescribeRegionsCommandOutput} from '@aws-sdk/client-ec2'
import {DescribeRegions$} from '@aws-sdk/client-ec2'
import type {Operation} from '../../wire/service.js'
import {ec2Operation} from './dry-run.js'
import {invalidValue} from './faults.js'
import type {FilterFields} from './filters.js'
import {applyFilters} from './filters.js'

/** The regions that every account has without opting in. The local AWS answers in any other as well. */
const regions: readonly string[] = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
]

const endpointOf = (region: string): string => `ec2.${region}.amazonaws.com`

const filterFields: FilterFields<string> = {
  'region-name': (region) => [region],
  endpoint: (region) => [endpointOf(region)],
  'opt-in-status': () => ['opt-in-not-required'],
}

/** DescribeRegions. */
export const describeRegions: Operation = ec2Operation<DescribeRegionsCommandInput, DescribeRegionsCommandOutput>(
  DescribeRegions$,
  ({RegionNames, Filters}) => {
    const unknown = RegionNames?.filter((name) => !regions.includes(name)) ?? []
    if (unknown.length > 0)
      throw invalidValue(`Invalid region name${unknown.length > 1 ? 's' : ''}: ${unknown.join(', ')}`)
    const chosen = regions.filter((region) => RegionNames?.includes(region) ?? true)
    return {
      Regions: applyFilters(chosen, Filters, filterFields).map((RegionName) => ({
        RegionName,
        Endpoint: endpointOf(RegionName),
        OptInStatus: 'opt-in-not-required',
      })),
    }
  },
)
