import {AwsFault} from '../../aws-fault.js'

export const invalidParameter = (message: string): AwsFault => new AwsFault('InvalidParameterException', message)

export const invalidRequest = (message: string): AwsFault => new AwsFault('InvalidRequestException', message)

export const resourceExists = (message: string): AwsFault => new AwsFault('ResourceExistsException', message)

const notFound = (message: string): AwsFault => new AwsFault('ResourceNotFoundException', message)

export const secretNotFound = (): AwsFault => notFound("Secrets Manager can't find the specified secret.")

export const stageNotFound = (stage: string): AwsFault =>
  notFound(`Secrets Manager can't find the specified secret value for staging label: ${stage}`)

export const versionNotFound = (id: string): AwsFault =>
  notFound(`Secrets Manager can't find the specified secret value for VersionId: ${id}`)

export const markedForDeletion = (): AwsFault =>
  invalidRequest("You can't perform this operation on the secret because it was marked for deletion.")

export const invalidToken = (): AwsFault => new AwsFault('InvalidNextTokenException', 'Invalid token.')
