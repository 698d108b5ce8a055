import type {Output, StepProgress} from './output.js'

export type MemoryRecordKind =
  | 'result'
  | 'info'
  | 'warn'
  | 'debug'
  | 'start'
  | 'update'
  | 'log'
  | 'done'
  | 'failed'
  | 'question'

export interface MemoryRecord {
  readonly kind: MemoryRecordKind
  readonly text: string
}

/** Output that keeps what it is told, for tests. */
export interface MemoryOutput extends Output {
  readonly records: readonly MemoryRecord[]
  /** The texts of one kind, in order. */
  texts(kind: MemoryRecordKind): string[]
}

/**
 * @param answers to the questions, in their order; a question without an answer fails the test
 */
export function createMemoryOutput(answers: readonly boolean[] = []): MemoryOutput {
  const records: MemoryRecord[] = []
  const left = [...answers]
  const keep = (kind: MemoryRecordKind) => (text: string) => {
    records.push({kind, text})
  }
  return {
    records,
    texts: (kind) => records.filter((record) => record.kind === kind).map(({text}) => text),
    interactive: answers.length > 0,
    result: keep('result'),
    info: keep('info'),
    warn: keep('warn'),
    debug: keep('debug'),
    async step<Value>(title: string, work: (progress: StepProgress) => Promise<Value>): Promise<Value> {
      keep('start')(title)
      try {
        const value = await work({update: keep('update'), log: keep('log')})
        keep('done')(title)
        return value
      } catch (error) {
        keep('failed')(title)
        throw error
      }
    },
    async confirm(question) {
      keep('question')(question)
      const answer = left.shift()
      if (answer === undefined) throw new Error(`nobody answers: ${question}`)
      return answer
    },
  }
}
