import {existsSync, globSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {StepFailure} from './session.mjs'

const inputs = ['src/**', 'commands/**', 'bin/*', 'scripts/*.mjs', 'package.json', 'package-lock.json']

/** Builds the program unless what is built is newer than the sources; answers the file to run. */
export async function builtProduct(session) {
  const {root} = session
  if (!isBuilt(root)) {
    console.log('Building the program…')
    const command = [process.execPath, join(root, 'scripts', 'build.mjs')]
    const {exitCode, stdout, stderr} = await session.run(command, {cwd: root, capture: true})
    if (exitCode !== 0) throw new StepFailure(`the program cannot be built:\n${stdout}${stderr}`)
  }
  return join(root, 'bin', 'run.js')
}

/** The manifest is what a build writes last. Times of folders tell of files that have gone. */
function isBuilt(root) {
  const manifest = join(root, 'oclif.manifest.json')
  if (!existsSync(manifest) || !existsSync(join(root, 'dist'))) return false
  const builtAt = statSync(manifest).mtimeMs
  return globSync(inputs, {cwd: root}).every((file) => statSync(join(root, file)).mtimeMs < builtAt)
}
