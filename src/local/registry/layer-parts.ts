import {emptyUpload, layerPartTooSmall} from './faults.js'
import type {Repository} from './repository.js'
import type {Upload} from './upload.js'

/** What ECR asks clients to send at a time. */
export const PART_BYTES = 10 * 1024 * 1024
/** Only the last part may be smaller. */
export const SMALLEST_PART_BYTES = 5 * 1024 * 1024

/**
 * Refuses to make a layer of what was not sent as ECR wants it. The rules hold for docker's protocol too: ECR turns its
 * chunks into parts.
 *
 * @throws AwsFault EmptyUploadException where nothing was sent, LayerPartTooSmallException
 */
export function requireWholeParts(repository: Repository, upload: Upload): void {
  if (upload.parts.length === 0) throw emptyUpload(repository, upload)
  if (upload.parts.slice(0, -1).some((length) => length < SMALLEST_PART_BYTES)) throw layerPartTooSmall()
}
