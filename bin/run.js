#!/usr/bin/env node
import module from 'node:module'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(`Error: fargate needs Node.js 22.12 or later; this is ${process.version}\n`)
  process.exit(3)
}

module.enableCompileCache?.()
const {run} = await import('../dist/src/cli/entry.js')
await run(import.meta.url)
