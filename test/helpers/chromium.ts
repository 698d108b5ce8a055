import {existsSync} from 'node:fs'
import type {Browser} from 'playwright-core'
import {chromium} from 'playwright-core'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** It starts nothing but the page, and asks nobody on the network for anything. */
const args = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--no-first-run'],
]

/**
 * Why a test that needs a browser cannot run here; `undefined` where it can.
 *
 * @throws Error in CI, where it must run
 */
export function chromiumMissing(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (chromiumPath() !== undefined) return undefined
  const reason = `no Chromium at ${places.join(', ')}`
  if (env.CI) throw new Error(reason)
  return reason
}

const chromiumPath = (): string | undefined => places.find((path) => existsSync(path))

export async function startChromium(): Promise<Browser> {
  return chromium.launch({executablePath: chromiumPath() ?? '', args})
}
