import {CloudWatchLogsClient, CreateLogGroupCommand} from '@aws-sdk/client-cloudwatch-logs'
import {VirtualClock} from '../../../../../src/local/clock.js'
import {createLogs} from '../../../../../src/local/services/logs/index.js'
import {inProcessClient} from '../../../../helpers/in-process-client.js'
import {seededRandom} from '../../../../helpers/schema-arbitrary.js'

export const scope = {account: '000000000000', region: 'us-east-1'}

/** The time at which the clock of {@link startLogs} begins. */
export const start = Date.UTC(2026, 0, 1)

/** A fresh CloudWatch Logs and a client of it. */
export function startLogs() {
  const clock = new VirtualClock(start)
  const {service, logs} = createLogs({clock, random: seededRandom(1)})
  const client = inProcessClient(CloudWatchLogsClient, service)
  return {client, logs, clock}
}

/** As {@link startLogs}, with a group `web` and a way to write lines into its streams. */
export async function startWithGroup() {
  const started = startLogs()
  await started.client.send(new CreateLogGroupCommand({logGroupName: 'web'}))
  const write = (stream: string, ...events: [offset: number, message: string][]) =>
    started.logs.append(
      scope,
      'web',
      stream,
      events.map(([offset, message]) => ({timestamp: start + offset, message})),
    )
  return {...started, write}
}

export type Started = Awaited<ReturnType<typeof startWithGroup>>

export const texts = (events: readonly {message?: string | undefined}[] | undefined) =>
  events?.map(({message}) => message)
