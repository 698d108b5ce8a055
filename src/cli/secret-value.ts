import {readFile} from 'node:fs/promises'
import {createInterface} from 'node:readline'
import {Writable} from 'node:stream'
import {CancelledError, UsageError} from '../errors/errors.js'

export interface SecretInput {
  readonly stdin: NodeJS.ReadableStream & {readonly isTTY?: boolean}
  readonly stderr: NodeJS.WritableStream & {readonly isTTY?: boolean}
  readonly signal: AbortSignal
}

interface SecretSource {
  readonly 'from-file'?: string | undefined
  readonly stdin?: boolean | undefined
}

/**
 * The value of a secret: of a file, of standard input, or typed without being shown. One line end at its end is left
 * out, which editors and `echo` add. No error shows any of it.
 *
 * @throws UsageError where there is no value, or nobody to type it
 */
export async function readSecretValue(variable: string, source: SecretSource, input: SecretInput): Promise<string> {
  const value = (await read(variable, source, input)).replace(/\r?\n$/, '')
  if (value === '') throw new UsageError('SECRET_EMPTY', `the value of ${variable} is empty, which no store takes`)
  if (value.includes('\0')) throw new UsageError('SECRET_INVALID', `the value of ${variable} has a NUL character`)
  return value
}

async function read(variable: string, source: SecretSource, input: SecretInput): Promise<string> {
  const path = source['from-file']
  if (path !== undefined) return text(variable, await fileContent(path))
  if (source.stdin) return text(variable, await allOf(input.stdin))
  if (input.stdin.isTTY && input.stderr.isTTY) return askHidden(`Value of ${variable}: `, input)
  throw new UsageError('SECRET_MISSING', `there is no value for ${variable}, and no terminal to ask for it`, {
    hints: ['give it on standard input: --stdin < value.txt', 'or name a file: --from-file value.txt'],
  })
}

async function fileContent(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException
    throw new UsageError('FILE_UNREADABLE', `--from-file: cannot read ${path}: ${code ?? message}`, {cause: error})
  }
}

async function allOf(stdin: SecretInput['stdin']): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

function text(variable: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes)
  } catch (error) {
    throw new UsageError('SECRET_INVALID', `the value of ${variable} is no UTF-8 text, which a variable has to be`, {
      cause: error,
    })
  }
}

/** The terminal is in its raw mode meanwhile, so that Ctrl-C arrives here and not as a signal. */
function askHidden(question: string, {stdin, stderr, signal}: SecretInput): Promise<string> {
  const nowhere = new Writable({write: (_chunk, _encoding, done) => done()})
  stderr.write(question)
  return new Promise((resolve, reject) => {
    const lines = createInterface({input: stdin, output: nowhere, terminal: true})
    const cancelled = () => finish(() => reject(new CancelledError('CANCELLED', 'no value was given')))
    const finish = (answer: () => void) => {
      signal.removeEventListener('abort', cancelled)
      lines.removeAllListeners()
      lines.close()
      stderr.write('\n')
      answer()
    }
    signal.addEventListener('abort', cancelled)
    lines.once('line', (line) => finish(() => resolve(line)))
    lines.once('SIGINT', cancelled)
    lines.once('close', cancelled)
  })
}
