import {mkdtemp, realpath, rm} from 'node:fs/promises'
import {createServer} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {Browser, Locator, Page} from 'playwright-core'
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest'
import {chromiumMissing, startChromium} from '../helpers/chromium.js'
import type {LocalAccount} from '../helpers/local-account.js'
import {exampleImage, localAccount} from '../helpers/local-account.js'
import {runProduct} from '../helpers/run-product.js'

const missing = chromiumMissing()
const patience = {timeout: 30_000}

describe.skipIf(missing !== undefined)(
  `the page of the local AWS${missing === undefined ? '' : ` (${missing})`}`,
  () => {
    let browser: Browser
    let page: Page
    let folder: string
    let url: string
    let account: LocalAccount
    let complaints: string[]

    const start = async () => {
      const args = ['local', 'start', '--runtime', 'simulated', '--speed', '20', '--port', new URL(url).port]
      const {exitCode, stderr} = await runProduct(args, {env: {FARGATE_STATE_DIR: folder}})
      expect(exitCode, stderr).toBe(0)
    }
    const stop = () => runProduct(['local', 'stop'], {env: {FARGATE_STATE_DIR: folder}})
    const text = async (place: string | Locator) =>
      (await (typeof place === 'string' ? page.locator(place) : place).allInnerTexts()).join('\n')
    const create = (name: string, tag: 'v1' | 'crash', ...more: string[]) =>
      account.succeed(['service', 'create', name, '--image', exampleImage({url}, tag), '--no-wait', ...more])

    beforeAll(async () => {
      browser = await startChromium()
    })

    afterAll(() => browser?.close())

    beforeEach(async () => {
      folder = await mkdtemp(join(await realpath(tmpdir()), 'fargate-page-'))
      url = `http://127.0.0.1:${await freePort()}`
      await start()
      account = localAccount(url, folder, '000000000000')
      complaints = []
      page = await browser.newPage()
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      await page.goto(url)
      await page.getByText('live', {exact: true}).waitFor()
    })

    afterEach(async () => {
      await page?.close()
      await stop()
      await rm(folder, {recursive: true, force: true})
    })

    test('is where a browser arrives, and says what there is not yet', async () => {
      expect(page.url()).toBe(`${url}/_local/`)
      expect(await text('#services')).toContain('No services yet')
      expect(await text('#about')).toContain('simulated tasks · 20× speed')
      expect(complaints).toEqual([])
    })

    test('shows a service appear, its deployment progress, its targets become healthy and the requests', async () => {
      await account.succeed(['lb', 'create', 'front', '--port', '80'])
      const seen = await recordText(page, 'article[aria-label="service web"]')
      await create('web', 'v1', '--num', '2', '--port', '80', '--lb', 'front')

      const card = page.getByLabel('service web')
      await card.getByText('COMPLETED', {exact: true}).waitFor(patience)

      expect(await text(card)).toMatch(/2\/2 running/)
      expect(await card.getByRole('img').getAttribute('aria-label')).toBe('2 of 2 tasks running, 0 pending')
      expect(await seen()).toEqual(expect.arrayContaining([expect.stringContaining('IN_PROGRESS')]))
      expect(await seen()).toEqual(expect.arrayContaining([expect.stringMatching(/[12] pending/)]))
      const targets = page.getByLabel('target group fargate-web').getByRole('listitem')
      await expect
        .poll(() => targets.allInnerTexts(), patience)
        .toEqual([
          expect.stringMatching(/^172\.31\.\d+\.\d+:80\s+healthy$/),
          expect.stringMatching(/^172\.31\.\d+\.\d+:80\s+healthy$/),
        ])
      const link = page.getByLabel('load balancer front').getByRole('link')
      expect(await (await fetch((await link.getAttribute('href')) ?? '')).text()).toBe('Hello from version 1\n')
      await expect.poll(() => text('#events'), patience).toContain('has reached a steady state')
      expect(await text('#requests')).toMatch(/CreateService\s+fargate\/web/)
      expect(complaints).toEqual([])
    })

    test('tells why a task failed', async () => {
      await create('broken', 'crash')

      const card = page.getByLabel('service broken')
      await card.getByText('Essential container in task exited').first().waitFor(patience)

      expect(await text(card)).toContain('broken: exit code 1')
      await card
        .getByText(/[1-9] failed/)
        .first()
        .waitFor(patience)
      expect(complaints).toEqual([])
    })

    test('filters services and requests with the keyboard alone', async () => {
      await Promise.all([create('web', 'v1'), create('worker', 'v1')])
      await page.getByLabel('service worker').waitFor(patience)

      await page.keyboard.press('/')
      await page.keyboard.type('wor')
      await page.getByLabel('service web').waitFor({state: 'detached'})
      await page.getByLabel('Filter requests').focus()
      await page.keyboard.type('createservice fargate/web')

      const rows = page.locator('#requests tbody tr')
      await expect.poll(() => rows.count(), patience).toBe(1)
      expect(await text(rows.first())).toContain('CreateService')
      expect(await page.getByLabel('service worker').count()).toBe(1)
      expect(complaints).toEqual([])
    })

    test('shows text of users as text', async () => {
      const attack = '<img src=x onerror="document.title=1">'
      await create('web', 'v1')
      const {ecs} = account.sdk
      await page.getByLabel('service web').getByText('RUNNING', {exact: true}).waitFor(patience)
      const {taskArns = []} = await ecs.listTasks({cluster: 'fargate'})
      await ecs.stopTask({cluster: 'fargate', task: taskArns[0], reason: attack})
      await expect(ecs.describeServices({cluster: attack, services: ['web']})).rejects.toThrow()

      await page.getByLabel('service web').getByText(attack).waitFor(patience)
      await page.locator('#requests').getByText(attack).waitFor(patience)
      expect(await page.locator('img').count()).toBe(0)
      expect(await page.title()).toMatch(/Local AWS$/)
      expect(complaints).toEqual([])
    })

    test('keeps what is opened, and comes back by itself after the server was away', async () => {
      await create('web', 'v1')
      const details = page.getByLabel('service web').locator('details')
      await details.locator('summary').click()
      await page.getByLabel('service web').getByText('COMPLETED').waitFor(patience)
      expect(await details.getAttribute('open')).toBeNull()

      await stop()
      await page.getByText('no answer, trying again').waitFor(patience)
      await start()

      await page.getByText('live', {exact: true}).waitFor(patience)
      // While it was away the browser has said so.
      complaints = []
      await create('second', 'v1')
      await page.getByLabel('service second').waitFor(patience)
      expect(complaints).toEqual([])
    })
  },
)

/** Everything that an element has said since now; each text once. In the browser's own words: no types of it are here. */
async function recordText(page: Page, selector: string): Promise<() => Promise<string[]>> {
  await page.evaluate(`
    globalThis.seen = new Set()
    new MutationObserver(() => {
      const element = document.querySelector(${JSON.stringify(selector)})
      if (element !== null) seen.add(element.innerText)
    }).observe(document.body, {subtree: true, childList: true, characterData: true})
  `)
  return () => page.evaluate('[...seen]')
}

/** A port that is the same when the server comes back. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
