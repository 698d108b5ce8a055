import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {gunzipSync} from 'node:zlib'

const limits = ['min', 'max', 'pattern', 'enum']

/**
 * What the published models of AWS demand of the inputs of some operations, as the text of constraints.json: shapes
 * with lengths, ranges, patterns and enums, and the structures, lists and maps on the way to them. Names are sorted and
 * each has a line, so that the same models give the same bytes.
 *
 * @param folder of models as botocore has them: `<service>/<version>/service-2.json`, or the same with `.gz`
 * @param release what the models are and of which version, for instance `botocore 1.43.107`
 * @param operations the names of the operations, by service
 * @throws Error for a service or an operation that the models do not have
 */
export function constraintsText(folder, release, operations) {
  const services = sortedEntries(operations).map(([service, names]) => {
    const {version, model} = readModel(folder, service)
    return `${JSON.stringify(service)}: ${serviceText(service, version, model, names)}`
  })
  const source = `service models of ${release}, Apache-2.0`
  return `{\n"source": ${JSON.stringify(source)},\n"services": {\n${services.join(',\n')}\n}\n}\n`
}

/** The newest version of a service's model. */
function readModel(folder, service) {
  const version = readdirSync(join(folder, service)).sort().at(-1)
  const file = readdirSync(join(folder, service, version)).find((name) => /^service-2\.json(\.gz)?$/.test(name))
  if (file === undefined) throw new Error(`${service} ${version} has no service-2.json`)
  const bytes = readFileSync(join(folder, service, version, file))
  return {version, model: JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString())}
}

function serviceText(service, version, model, names) {
  const inputs = [...names].sort().map((name) => {
    if (model.operations[name] === undefined) throw new Error(`${service} ${version} has no operation ${name}`)
    return [name, model.operations[name].input?.shape]
  })
  const shapes = limitedShapes(model.shapes, new Set(inputs.map(([, shape]) => shape)))
  const operations = inputs.map(([name, shape]) => [name, shapes.has(shape) ? shape : null])
  const kept = [...shapes].sort().map((name) => [name, shortShape(model.shapes[name], shapes)])
  return `{\n"version": ${JSON.stringify(version)},\n"operations": ${lines(operations)},\n"shapes": ${lines(kept)}\n}`
}

const lines = (entries) =>
  `{\n${entries.map((entry) => entry.map((part) => JSON.stringify(part)).join(': ')).join(',\n')}\n}`

/** The shapes that some inputs are made of, as far as they have limits or lead to some. */
function limitedShapes(shapes, inputs) {
  const reachable = new Set()
  const visit = (name) => {
    if (name === undefined || reachable.has(name)) return
    reachable.add(name)
    for (const part of partsOf(shapes[name])) visit(part)
  }
  for (const input of inputs) visit(input)

  const limited = new Set([...reachable].filter((name) => limits.some((limit) => shapes[name][limit] !== undefined)))
  for (let size = -1; size !== limited.size; ) {
    size = limited.size
    for (const name of reachable) if (partsOf(shapes[name]).some((part) => limited.has(part))) limited.add(name)
  }
  return limited
}

const partsOf = ({members = {}, member, key, value}) =>
  [...Object.values(members), member, key, value].flatMap((part) => (part === undefined ? [] : [part.shape]))

function shortShape(shape, kept) {
  const named = (part) => (part !== undefined && kept.has(part.shape) ? part.shape : undefined)
  const members = sortedEntries(shape.members ?? {}).filter(([, member]) => kept.has(member.shape))
  return {
    type: shape.type,
    ...Object.fromEntries(limits.map((limit) => [limit, shape[limit]])),
    members: members.length === 0 ? undefined : Object.fromEntries(members.map(([name, {shape}]) => [name, shape])),
    item: named(shape.member),
    key: named(shape.key),
    value: named(shape.value),
  }
}

const sortedEntries = (object) => Object.entries(object).sort(([one], [other]) => (one < other ? -1 : 1))
