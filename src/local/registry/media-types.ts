const imageManifests: readonly string[] = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
]

const indexes: readonly string[] = [
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.index.v1+json',
]

const imageConfigs: readonly string[] = [
  'application/vnd.docker.container.image.v1+json',
  'application/vnd.oci.image.config.v1+json',
]

export const ociIndex = 'application/vnd.oci.image.index.v1+json'
export const dockerManifest = 'application/vnd.docker.distribution.manifest.v2+json'
export const dockerConfig = 'application/vnd.docker.container.image.v1+json'
export const dockerLayer = 'application/vnd.docker.image.rootfs.diff.tar.gzip'

export const isIndex = (mediaType: string): boolean => indexes.includes(mediaType)
export const isManifest = (mediaType: string): boolean => isIndex(mediaType) || imageManifests.includes(mediaType)
export const isImageConfig = (mediaType: string): boolean => imageConfigs.includes(mediaType)
