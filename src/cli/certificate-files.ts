import {readFile} from 'node:fs/promises'
import type {CertificateFiles} from '../actions/certificate/material.js'
import {UsageError} from '../errors/errors.js'

interface FileFlags {
  readonly certificate: string
  readonly key: string
  readonly chain?: string | undefined
}

/**
 * Reads what is to be imported.
 *
 * @throws UsageError FILE_UNREADABLE
 */
export async function readCertificateFiles(flags: FileFlags): Promise<CertificateFiles> {
  const [certificate, privateKey, chain] = await Promise.all([
    textOf('--certificate', flags.certificate),
    textOf('--key', flags.key),
    flags.chain === undefined ? undefined : textOf('--chain', flags.chain),
  ])
  return {certificate, privateKey, chain}
}

async function textOf(flag: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException
    throw new UsageError('FILE_UNREADABLE', `${flag}: cannot read ${path}: ${code ?? message}`, {cause: error})
  }
}
