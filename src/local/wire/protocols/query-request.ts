import {NormalizedSchema} from '@smithy/core/schema'
import type {$SchemaRef, SchemaTraitsObject} from '@smithy/types'
import {readScalar} from './scalar-text.js'

/** EC2 has a query protocol of its own: other member keys, and lists are always flat. */
export interface QueryDialect {
  readonly ec2: boolean
}

/** The parameters by the parts of their names: `Tag.1.Key=a` is the node Tag → 1 → Key with the text `a`. */
interface Node {
  text: string | undefined
  readonly children: Map<string, Node>
}

/** Reads the input of an operation from form parameters. Names that the schema does not have are ignored, as AWS does. */
export function readQueryInput(schema: $SchemaRef, parameters: URLSearchParams, dialect: QueryDialect): unknown {
  const root: Node = {text: undefined, children: new Map()}
  for (const [name, value] of parameters) nodeAt(root, name.split('.')).text = value
  const normalized = NormalizedSchema.of(schema)
  return normalized.isUnitSchema() ? {} : read(normalized, root, dialect)
}

function nodeAt(root: Node, path: readonly string[]): Node {
  let node = root
  for (const part of path) {
    const next = node.children.get(part) ?? {text: undefined, children: new Map()}
    node.children.set(part, next)
    node = next
  }
  return node
}

function read(schema: NormalizedSchema, node: Node, dialect: QueryDialect): unknown {
  if (schema.isStructSchema()) return readStructure(schema, node, dialect)
  if (schema.isListSchema()) return readList(schema, node, dialect)
  if (schema.isMapSchema()) return readMap(schema, node, dialect)
  return readScalar(schema, node.text ?? '', {httpBindings: false})
}

function readStructure(schema: NormalizedSchema, node: Node, dialect: QueryDialect): Record<string, unknown> {
  const output: Record<string, unknown> = {}
  for (const [name, member] of schema.structIterator()) {
    const child = node.children.get(memberKey(name, member.getMergedTraits(), dialect))
    if (child !== undefined) output[name] = read(member, child, dialect)
  }
  return output
}

/** An empty list travels as its bare name with no value. */
function readList(schema: NormalizedSchema, node: Node, dialect: QueryDialect): unknown[] {
  const item = schema.getValueSchema()
  const flat = dialect.ec2 || schema.getMergedTraits().xmlFlattened !== undefined
  const parent = flat ? node : node.children.get(partKey('member', item.getMergedTraits(), dialect))
  return numbered(parent).map((child) => read(item, child, dialect))
}

function readMap(schema: NormalizedSchema, node: Node, dialect: QueryDialect): Record<string, unknown> {
  const key = schema.getKeySchema()
  const value = schema.getValueSchema()
  const keyName = partKey('key', key.getMergedTraits(), dialect)
  const valueName = partKey('value', value.getMergedTraits(), dialect)
  const parent = schema.getMergedTraits().xmlFlattened === undefined ? node.children.get('entry') : node
  const entries = numbered(parent).map((entry): [string, unknown] => {
    const valueNode = entry.children.get(valueName)
    return [entry.children.get(keyName)?.text ?? '', valueNode && read(value, valueNode, dialect)]
  })
  return Object.fromEntries(entries)
}

/** The children 1, 2, 3 … in the order of their numbers, whatever the order of the parameters. */
function numbered(node: Node | undefined): Node[] {
  const entries = [...(node?.children ?? [])].filter(([name]) => /^\d+$/.test(name))
  return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => child)
}

/** The parameter that carries a member of a structure. */
export function memberKey(name: string, traits: SchemaTraitsObject, {ec2}: QueryDialect): string {
  if (!ec2) return traits.xmlName ?? name
  const key = traits.xmlName ?? name
  return (traits.ec2QueryName as string | undefined) ?? key.charAt(0).toUpperCase() + key.slice(1)
}

/** The key of a list's items or of a map's keys and values, which EC2 does not capitalise. */
const partKey = (name: string, traits: SchemaTraitsObject, {ec2}: QueryDialect): string =>
  (ec2 ? (traits.ec2QueryName as string | undefined) : undefined) ?? traits.xmlName ?? name
