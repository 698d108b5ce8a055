import {h, morphChildren, unchanged} from './morph.js'
import {filteredRequests, requestTable} from './requests.js'
import {isMoving, serviceCard} from './services.js'
import {Store} from './store.js'
import {taskTable} from './tasks.js'
import {counted, durationText} from './texts.js'
import {eventItems, faultStrip, trafficCards} from './traffic.js'

/** @import {ServiceSummary} from '../../server/inventory/services.js' */

const store = new Store()
/** Of each service what its card was made from: without a change it is not made again. @type {Map<string, readonly unknown[]>} */
let shown = new Map()
let drawing = false

/** @param {string} id @returns {HTMLElement} */
const place = (id) => /** @type {HTMLElement} */ (document.getElementById(id))
/** @param {string} id @returns {HTMLInputElement} */
const input = (id) => /** @type {HTMLInputElement} */ (place(id))

function drawSoon() {
  if (drawing) return
  drawing = true
  requestAnimationFrame(() => {
    drawing = false
    draw()
  })
}

function draw() {
  const services = [...store.services.values()].sort(byName)
  // Of many those that change would be out of sight.
  if (services.length > 12) services.sort((one, other) => Number(isMoving(other)) - Number(isMoving(one)))
  drawAbout(services)
  morphChildren(place('faults'), faultStrip([...store.faults.values()]))
  drawServices(services)
  morphChildren(
    place('traffic'),
    orHint(trafficCards([...store.loadBalancers.values()].sort(byName), targetGroups()), 'none yet'),
  )
  morphChildren(place('events'), eventItems(services))
  if (!input('request-pause').checked) drawRequests()
  drawAges()
}

/** @param {{readonly name: string}} one @param {{readonly name: string}} other */
const byName = (one, other) => one.name.localeCompare(other.name, 'en', {numeric: true})
const targetGroups = () => [...store.targetGroups.values()].sort(byName)

/** @param {readonly Element[]} elements @param {string} hint */
const orHint = (elements, hint) => (elements.length > 0 ? elements : [h('p', {class: 'quiet'}, hint)])

/** @param {readonly ServiceSummary[]} services */
function drawAbout(services) {
  const {server} = store
  if (server === undefined) return
  const running = [...store.tasks.values()].filter(({lastStatus}) => lastStatus === 'RUNNING').length
  const moving = services.filter(isMoving).length
  const how = server.runtime === 'docker' ? 'tasks in docker' : 'simulated tasks'
  const about = [server.url.replace('http://', ''), how, ...(server.speed === 1 ? [] : [`${server.speed}× speed`])]
  place('about').textContent = about.join(' · ')
  place('about').title = `${server.runtimeReason} · process ${server.pid} · ${server.stateFolder}`
  const counts = [counted(services.length, 'service'), `${counted(running, 'task')} running`]
  place('counts').textContent = [...counts, ...(moving > 0 ? [`${moving} changing`] : [])].join(' · ')
  document.title = moving > 0 ? `${moving} changing · Local AWS` : 'Local AWS'
}

/** @param {readonly ServiceSummary[]} services */
function drawServices(services) {
  const words = input('service-filter').value.toLowerCase().split(/\s+/).filter(Boolean)
  const tasks = store.tasksByService()
  const open = services.length <= 6
  const made = new Map()
  const cards = services
    .filter(({name, cluster}) => words.every((word) => `${cluster}/${name}`.toLowerCase().includes(word)))
    .map((service) => {
      const own = tasks.get(service.arn) ?? []
      const groups = service.targetGroupArns.flatMap((arn) => store.targetGroups.get(arn) ?? [])
      const parts = [service, ...own, ...groups]
      made.set(service.arn, parts)
      return isSame(shown.get(service.arn), parts)
        ? unchanged('article', service.arn)
        : serviceCard(service, own, groups, {open})
    })
  shown = made
  const hint =
    services.length > 0
      ? 'no service of this name'
      : 'No services yet. Make one: fargate --local service create web --image … --port 80'
  morphChildren(place('services'), orHint(cards, hint))
  const single = tasks.get(undefined) ?? []
  const title = h('h3', {}, 'Tasks without a service')
  const card = h('article', {class: 'card'}, h('header', {}, title), taskTable(single, []))
  morphChildren(place('single-tasks'), single.length > 0 ? [card] : [])
}

/** @param {readonly unknown[] | undefined} one @param {readonly unknown[]} other */
const isSame = (one, other) => one?.length === other.length && one.every((part, index) => part === other[index])

function drawRequests() {
  const filter = {text: input('request-filter').value, errors: input('request-errors').checked}
  const wanted = filteredRequests(store.requests, filter)
  place('request-count').textContent =
    wanted.length === store.requests.length ? '' : `${wanted.length} of ${store.requests.length}`
  morphChildren(place('requests'), [requestTable(wanted)])
}

function drawAges() {
  const now = store.now()
  for (const element of document.querySelectorAll('[data-age]')) {
    const text = durationText(now - Date.parse(element.getAttribute('data-age') ?? ''))
    if (element.textContent !== text) element.textContent = text
  }
}

/** Follows the server; a browser connects again by itself, unless it has given up. */
function connect() {
  const source = new EventSource('/_local/live')
  source.addEventListener('open', () => showConnection('live', 'live'))
  source.addEventListener('state', ({data}) => {
    store.apply(JSON.parse(data))
    drawSoon()
  })
  source.addEventListener('requests', ({data}) => {
    store.addRequests(JSON.parse(data))
    drawSoon()
  })
  source.addEventListener('error', () => {
    showConnection('lost', 'no answer, trying again')
    if (source.readyState !== EventSource.CLOSED) return
    setTimeout(connect, 1000)
  })
}

/** @param {string} state @param {string} text */
function showConnection(state, text) {
  place('connection').dataset.state = state
  place('connection').textContent = text
}

for (const id of ['service-filter', 'request-filter']) input(id).addEventListener('input', drawSoon)
for (const id of ['request-errors', 'request-pause']) input(id).addEventListener('change', drawSoon)
document.addEventListener('keydown', (event) => {
  const typing = event.target instanceof HTMLInputElement && event.target.type === 'search'
  if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  input('service-filter').focus()
})
setInterval(drawAges, 1000)
connect()
