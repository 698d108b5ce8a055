import {existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {homedir} from 'node:os'
import {join} from 'node:path'

/**
 * Makes a folder for DOCKER_CONFIG in `folder`: logins go there and not to the user's own, while the engine that the
 * user has chosen and the plugins stay.
 */
export function dockerConfigFolder(folder, env) {
  const own = env.DOCKER_CONFIG || join(homedir(), '.docker')
  const made = join(folder, 'docker')
  mkdirSync(made, {mode: 0o700})
  for (const name of ['contexts', 'cli-plugins']) {
    if (existsSync(join(own, name))) symlinkSync(join(own, name), join(made, name), 'junction')
  }
  const {currentContext, cliPluginsExtraDirs} = readConfig(join(own, 'config.json'))
  // Where there is no entry at all, docker keeps passwords in the keychain of the user.
  const auths = {'127.0.0.1': {}}
  writeFileSync(join(made, 'config.json'), JSON.stringify({auths, currentContext, cliPluginsExtraDirs}))
  return made
}

/** A configuration that docker cannot read either is none. */
function readConfig(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error.code !== 'ENOENT' && !(error instanceof SyntaxError)) throw error
    return {}
  }
}
