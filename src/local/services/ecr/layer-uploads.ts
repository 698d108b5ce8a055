import type {
  CompleteLayerUploadCommandInput,
  CompleteLayerUploadCommandOutput,
  InitiateLayerUploadCommandInput,
  InitiateLayerUploadCommandOutput,
  UploadLayerPartCommandInput,
  UploadLayerPartCommandOutput,
} from '@aws-sdk/client-ecr'
import {CompleteLayerUpload$, InitiateLayerUpload$, UploadLayerPart$} from '@aws-sdk/client-ecr'
import {AwsFault} from '../../aws-fault.js'
import {PART_BYTES, requireWholeParts} from '../../registry/layer-parts.js'
import type {Repository} from '../../registry/repository.js'
import {findLayer} from '../../registry/repository.js'
import type {RegistryStore} from '../../registry/store.js'
import {commitUpload} from '../../registry/store.js'
import type {Upload} from '../../registry/upload.js'
import type {Operation} from '../../wire/service.js'
import {operation} from '../../wire/service.js'
import {repositoryOf} from './requests.js'
import {identityOf} from './views.js'

/** The upload of layers in parts. An upload may be begun here and gone on with by docker's protocol, and the other way. */
export const layerUploadOperations = (store: RegistryStore): Operation[] => [
  operation<InitiateLayerUploadCommandInput, InitiateLayerUploadCommandOutput>(
    InitiateLayerUpload$,
    (input, request) => ({
      uploadId: store.uploads.begin(repositoryOf(store, input, request)).id,
      partSize: PART_BYTES,
    }),
  ),

  operation<UploadLayerPartCommandInput, UploadLayerPartCommandOutput>(UploadLayerPart$, async (input, request) => {
    const repository = repositoryOf(store, input, request)
    const upload = getUpload(store, repository, input.uploadId)
    const part = input.layerPartBlob ?? new Uint8Array()
    requireNextPart(repository, upload, part, input)
    await upload.append(inOneChunk(part))
    return {...identityOf(repository), uploadId: upload.id, lastByteReceived: upload.size - 1}
  }),

  operation<CompleteLayerUploadCommandInput, CompleteLayerUploadCommandOutput>(
    CompleteLayerUpload$,
    (input, request) => {
      const repository = repositoryOf(store, input, request)
      const upload = getUpload(store, repository, input.uploadId)
      requireWholeLayer(repository, upload, input.layerDigests ?? [])
      const {digest} = commitUpload(store, repository, upload)
      return {...identityOf(repository), uploadId: upload.id, layerDigest: digest}
    },
  ),
]

async function* inOneChunk(part: Uint8Array): AsyncGenerator<Uint8Array> {
  yield part
}

const within = ({account, repositoryName}: Repository): string =>
  `the repository with name '${repositoryName}' in the registry with id '${account}'`

function getUpload(store: RegistryStore, repository: Repository, id = ''): Upload {
  const upload = store.uploads.find(repository, id)
  if (upload !== undefined) return upload
  throw new AwsFault('UploadNotFoundException', `The upload with id '${id}' does not exist in ${within(repository)}`)
}

/** Parts come one after the other, each as long as its first and last byte say. */
function requireNextPart(
  repository: Repository,
  upload: Upload,
  {length}: Uint8Array,
  {partFirstByte = -1, partLastByte = -1}: UploadLayerPartCommandInput,
): void {
  const follows = partFirstByte === upload.size && !upload.receiving
  if (follows && length > 0 && partLastByte - partFirstByte + 1 === length) return
  const rule = follows ? 'its length is not that of its range' : 'it does not follow the last byte received'
  throw new AwsFault(
    'InvalidLayerPartException',
    `The layer part from byte ${partFirstByte} to ${partLastByte} of the upload with id '${upload.id}' is invalid: ${rule}`,
    {members: {...identityOf(repository), uploadId: upload.id, lastValidByteReceived: upload.size - 1}},
  )
}

function requireWholeLayer(repository: Repository, upload: Upload, digests: readonly string[]): void {
  requireWholeParts(repository, upload)
  const digest = upload.digest()
  // While another part comes in, what is there is not the whole layer, whatever its digest.
  if (upload.receiving || !digests.includes(digest)) {
    throw new AwsFault(
      'InvalidLayerException',
      `The layer digests '[${digests.join(', ')}]' do not match the digest '${digest}' of the layer`,
    )
  }
  if (findLayer(repository, digest) === undefined) return
  throw new AwsFault(
    'LayerAlreadyExistsException',
    `The layer with digest '${digest}' already exists in ${within(repository)}`,
  )
}
