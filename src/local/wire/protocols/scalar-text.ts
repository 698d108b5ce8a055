import {FromStringShapeDeserializer} from '@smithy/core/protocols'
import type {NormalizedSchema} from '@smithy/core/schema'
import {MalformedInput} from './protocol.js'

/** In headers timestamps have the format of HTTP; in forms, paths and queries that of RFC 3339, which is number 5. */
export interface TextDialect {
  readonly httpBindings: boolean
}

/** Reads one scalar, or a list in a header, from text. Throws {@link MalformedInput} where the text does not fit. */
export function readScalar(schema: NormalizedSchema, text: string, dialect: TextDialect): unknown {
  if (schema.isBooleanSchema() && !/^(true|false)$/i.test(text)) throw mismatch(text, 'a boolean')
  if (schema.isNumericSchema() && !isNumber(text)) throw mismatch(text, 'a number')
  const reader = new FromStringShapeDeserializer({timestampFormat: {useTrait: true, default: 5}, ...dialect})
  try {
    return reader.read(schema, text)
  } catch (error) {
    throw new MalformedInput(error instanceof Error ? error.message : String(error), {cause: error})
  }
}

const isNumber = (text: string): boolean =>
  /^(NaN|-?Infinity)$/.test(text) || (text.trim() !== '' && Number.isFinite(Number(text)))

const mismatch = (text: string, wanted: string): MalformedInput => new MalformedInput(`'${text}' is not ${wanted}`)
