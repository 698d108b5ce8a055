import {existsSync, globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

const packageFolder = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//

/** The licenses of all packages that these modules come from, as one text; the bundle carries their code. */
export function thirdPartyLicenses(modules) {
  const folders = new Set(modules.map((id) => packageFolder.exec(id)?.[1]).filter((folder) => folder !== undefined))
  const packages = [...folders].filter((folder) => existsSync(join(folder, 'package.json'))).map(describe)
  const texts = new Map(packages.map((text) => [text.title, text]))
  return [...texts.values()]
    .sort((left, right) => left.title.localeCompare(right.title))
    .map(({title, license}) => `${title}\n\n${license.trim()}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`)
}

function describe(folder) {
  const {name, version, license, author} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const [file] = globSync('{LICENSE,LICENCE,license,licence,License}{,.md,.txt,-MIT}', {cwd: folder})
  const owner = typeof author === 'string' ? author : author?.name
  const text =
    file === undefined ? `License: ${license}${owner ? `, ${owner}` : ''}` : readFileSync(join(folder, file), 'utf8')
  return {title: `${name} ${version} (${license})`, license: text}
}
