import {VirtualClock} from './clock.js'
import type {OperationCatalog} from './faults/index.js'
import {createLocalAws} from './local-aws.js'

/** The operations of a local AWS, for what must be known before one is started. */
export async function emulatedOperations(): Promise<OperationCatalog> {
  const aws = createLocalAws({clock: new VirtualClock(), host: () => '', listen: false})
  await aws.close()
  return aws.operations
}
