import {expect, test} from 'vitest'
import {dockerAvailable} from '../../helpers/docker-available.js'

test('gives the reason to skip where there is no docker', async () => {
  expect(await dockerAvailable({PATH: '/nowhere'})).toContain('cannot run docker')
})

test('fails in CI where there is no docker', async () => {
  await expect(dockerAvailable({PATH: '/nowhere', CI: 'true'})).rejects.toMatchObject({code: 'DOCKER_NOT_FOUND'})
})
