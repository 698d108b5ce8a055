import {mkdtemp, realpath, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {awsProfiles} from '../../../../src/cli/completion/aws-profiles.js'

test('finds the profiles of both files, each once', async () => {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'fargate-profiles-'))
  onTestFinished(() => rm(folder, {force: true, recursive: true}))
  const config = join(folder, 'config')
  const credentials = join(folder, 'credentials')
  await writeFile(config, '[default]\nregion = x\n[profile two]\n[profile "with space"]\n[sso-session one]\n')
  await writeFile(credentials, '[default]\n[old]\naws_secret_access_key = secret\n')
  const env = {AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials}

  expect(await awsProfiles(env)).toEqual(['default', 'old', 'two', 'with space'])
})

test('somebody without the files has no profiles', async () => {
  expect(await awsProfiles({HOME: '/nowhere'})).toEqual([])
})
