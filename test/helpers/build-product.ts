import {execFile} from 'node:child_process'
import {mkdtemp, realpath, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'
import type {TestProject} from 'vitest/node'
import {nodeProgram} from './node-program.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the built program, as it is published. */
    product: string
  }
}

/** Builds the program once for all tests of a project, in a folder of its own that has no node_modules beside it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'fargate-product-'))
  await promisify(execFile)(nodeProgram, ['scripts/build.mjs', folder], {cwd: project.config.root})
  project.provide('product', folder)
  return () => rm(folder, {force: true, recursive: true})
}
