import {readFile} from 'node:fs/promises'
import {homedir} from 'node:os'
import {join} from 'node:path'
import type {Environment} from '../../output/streams.js'

/** The profiles of the AWS configuration files; none where there is no file that can be read. */
export async function awsProfiles(env: Environment): Promise<string[]> {
  const folder = join(env.HOME || env.USERPROFILE || homedir(), '.aws')
  const [config, credentials] = await Promise.all([
    textOf(env.AWS_CONFIG_FILE || join(folder, 'config')),
    textOf(env.AWS_SHARED_CREDENTIALS_FILE || join(folder, 'credentials')),
  ])
  const inConfig = sections(config).flatMap((section) => {
    if (section === 'default') return [section]
    const [, name] = /^profile\s+(?:"(.+)"|'(.+)'|(.+))$/.exec(section)?.filter((part) => part !== undefined) ?? []
    return name === undefined ? [] : [name]
  })
  return [...new Set([...inConfig, ...sections(credentials)])].sort()
}

function sections(text: string): string[] {
  return [...text.matchAll(/^[ \t]*\[([^\]\n]+)\]/gm)].map(([, name = '']) => name.trim())
}

/** Somebody without these files has no profiles. */
const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '')
