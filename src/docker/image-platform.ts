import {MachineError} from '../errors/errors.js'
import type {Platform} from './platform.js'

export interface LocalImage {
  readonly id: string
  readonly os: string
  /** As in Go: `amd64`, `arm64`. */
  readonly architecture: string
}

/**
 * Checks that a build made what was asked for. The legacy builder takes layers for another platform from its cache, and a
 * Dockerfile can name a platform of its own; either way the tasks would only fail on AWS, with `exec format error`.
 *
 * @param image what docker has under the tag; not checked when it keeps the image elsewhere
 * @throws MachineError IMAGE_PLATFORM_WRONG
 */
export function checkPlatform(tag: string, wanted: Platform, image: LocalImage | undefined): void {
  if (image === undefined) return
  const actual = `${image.os}/${image.architecture}`
  if (actual === wanted) return

  throw new MachineError('IMAGE_PLATFORM_WRONG', `the build of ${tag} gave an image for ${actual}, not for ${wanted}`, {
    hints: [
      'check FROM --platform in the Dockerfile',
      'install buildx, whose cache keeps platforms apart: https://docs.docker.com/go/buildx/',
      'empty the cache of the legacy builder: docker builder prune, docker image prune',
    ],
    details: {image: tag, wanted, actual},
  })
}
