import {CancelledError, UsageError} from '../errors/errors.js'
import type {Output} from '../output/output.js'
import type {Change} from '../plan/run-plan.js'

/**
 * Has the user confirm what will be deleted.
 *
 * @throws UsageError CONFIRMATION_REQUIRED where nobody can be asked; CancelledError when the answer is no
 */
export async function confirmDeletion(
  output: Pick<Output, 'interactive' | 'info' | 'confirm'>,
  thing: string,
  changes: readonly Change[],
  yes: boolean,
): Promise<void> {
  if (yes) return
  if (!output.interactive) {
    throw new UsageError(
      'CONFIRMATION_REQUIRED',
      `deleting ${thing} needs a confirmation, and there is no terminal to ask`,
      {
        hints: ['confirm on the command line: --yes', 'see what would be deleted: --dry-run'],
      },
    )
  }
  output.info(`This deletes ${thing}:`)
  for (const change of changes)
    output.info(`  ${change.thing}${change.detail === undefined ? '' : ` (${change.detail})`}`)
  if (!(await output.confirm('Delete them?')))
    throw new CancelledError('DECLINED', `nothing is deleted: ${thing} stays`)
}
