/**
 * @import {ServiceSummary} from '../../server/inventory/services.js'
 * @import {TaskSummary} from '../../server/inventory/tasks.js'
 * @import {LoadBalancerSummary, TargetGroupSummary} from '../../server/inventory/load-balancers.js'
 * @import {FaultView} from '../../faults/index.js'
 * @import {ServedRequest} from '../../request-log/served-request.js'
 */

/**
 * @typedef {object} ServerFacts
 * @property {number} pid
 * @property {string} url
 * @property {number} speed
 * @property {string} runtime
 * @property {string} runtimeReason
 * @property {string} stateFolder
 * @property {string} now the time of the local AWS
 */

/**
 * @typedef {object} StateMessage
 * @property {boolean} full whether it tells everything, not only what is new
 * @property {ServerFacts} server
 * @property {readonly {readonly kind: string, readonly key: string, readonly view: never}[]} set
 * @property {readonly string[]} gone
 */

const keptRequests = 500

/** What the page knows of the local AWS. */
export class Store {
  /** @type {Map<string, ServiceSummary>} */
  services = new Map()
  /** @type {Map<string, TaskSummary>} */
  tasks = new Map()
  /** @type {Map<string, LoadBalancerSummary>} */
  loadBalancers = new Map()
  /** @type {Map<string, TargetGroupSummary>} */
  targetGroups = new Map()
  /** @type {Map<string, FaultView>} */
  faults = new Map()
  /** Newest first. @type {ServedRequest[]} */
  requests = []
  /** @type {ServerFacts | undefined} */
  server
  #receivedAt = 0

  /** @type {Readonly<Record<string, Map<string, never>>>} */
  get #kinds() {
    const {services, tasks, loadBalancers, targetGroups, faults} = this
    const kinds = {
      service: services,
      task: tasks,
      loadBalancer: loadBalancers,
      targetGroup: targetGroups,
      fault: faults,
    }
    return /** @type {Record<string, Map<string, never>>} */ (/** @type {unknown} */ (kinds))
  }

  /** @param {StateMessage} message */
  apply({full, server, set, gone}) {
    const maps = this.#kinds
    if (full) for (const map of Object.values(maps)) map.clear()
    for (const {kind, key, view} of set) maps[kind]?.set(key, view)
    for (const key of gone) for (const map of Object.values(maps)) map.delete(key)
    // A new server counts its requests from 1.
    if (this.server?.pid !== server.pid) this.requests = []
    this.server = server
    this.#receivedAt = performance.now()
  }

  /** @param {readonly ServedRequest[]} served oldest first */
  addRequests(served) {
    const newest = this.requests[0]?.number ?? 0
    const added = served.filter(({number}) => number > newest).reverse()
    this.requests = [...added, ...this.requests].slice(0, keptRequests)
  }

  /** The time of the local AWS, which may run faster than the reader's; milliseconds since 1970. */
  now() {
    if (this.server === undefined) return Date.now()
    return Date.parse(this.server.now) + (performance.now() - this.#receivedAt) * this.server.speed
  }

  /** @returns {Map<string | undefined, TaskSummary[]>} newest first, by the ARN of their service */
  tasksByService() {
    return Map.groupBy([...this.tasks.values()].reverse(), ({serviceArn}) => serviceArn)
  }
}
