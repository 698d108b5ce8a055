import {CloudWatchLogsClient} from '@aws-sdk/client-cloudwatch-logs'
import type {Clock} from '../../clock.js'
import type {LogsPort} from '../../ports.js'
import type {StatePart} from '../../state/part.js'
import type {LocalService} from '../../wire/service.js'
import {filterLogEvents} from './filter-events.js'
import {getLogEvents} from './get-events.js'
import {groupOperations} from './groups.js'
import {logState} from './log-state.js'
import {LogStore} from './log-store.js'
import {putLogEvents} from './put-events.js'
import {retentionOperations} from './retention.js'
import {streamOperations} from './streams.js'
import {tagOperations} from './tags.js'

/** CloudWatch Logs: groups, streams and events. Nothing here is left to chance. */
export function createLogs({clock}: {clock: Clock; random: () => number}): {
  service: LocalService
  logs: LogsPort
  state: StatePart
} {
  const store = new LogStore(clock)
  const operations = [
    ...groupOperations(store),
    ...retentionOperations(store),
    ...streamOperations(store),
    putLogEvents(store),
    getLogEvents(store),
    filterLogEvents(store),
    ...tagOperations(store),
  ]
  const service = {signingName: 'logs', client: CloudWatchLogsClient, operations}
  return {service, logs: logsPort(store), state: logState(store)}
}

const logsPort = (store: LogStore): LogsPort => ({
  hasGroup: (scope, logGroupName) => store.findGroup(scope, logGroupName) !== undefined,

  createGroup(scope, logGroupName) {
    if (store.findGroup(scope, logGroupName) !== undefined) return
    store.createGroup(scope, {name: logGroupName, groupClass: 'STANDARD', deletionProtection: false, tags: {}})
  },

  append(scope, logGroupName, logStreamName, events) {
    const group = store.group(scope, logGroupName)
    const stream = group.streams.get(logStreamName) ?? store.createStream(group, logStreamName)
    // The awslogs driver does not send empty lines, which CloudWatch Logs would refuse.
    store.append(
      group,
      stream,
      events.filter(({message}) => message !== ''),
    )
  },
})
