#!/usr/bin/env -S node --import tsx
// The program from its TypeScript sources, without a build: npm run dev -- service list
process.env.NODE_ENV = 'development'
const {run} = await import('../src/cli/entry.ts')
await run(import.meta.url, {fromSources: true})
