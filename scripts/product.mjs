import {copyFileSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {Plugin} from '@oclif/core'
import {build} from 'rolldown'
import {thirdPartyLicenses} from './third-party-licenses.mjs'

const sources = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * Makes the program in `folder`: what package.json lists as its files. Each command is an entry of the bundle, and what
 * commands share are chunks, so that a command loads only what it uses.
 */
export async function buildProduct(folder = sources) {
  if (folder !== sources) copyFiles(folder)
  const dist = join(folder, 'dist')
  rmSync(dist, {force: true, recursive: true})
  const modules = await bundle(dist)
  writeFileSync(join(dist, 'THIRD_PARTY_LICENSES.txt'), thirdPartyLicenses(modules))
  await writeManifest(folder)
}

function copyFiles(folder) {
  mkdirSync(join(folder, 'bin'), {recursive: true})
  for (const file of ['package.json', 'bin/run.js']) copyFileSync(join(sources, file), join(folder, file))
}

/** Answers the files that the bundle is made of. */
async function bundle(dist) {
  const entries = ['src/cli/entry.ts', 'src/local/main.ts'].filter((file) => existsSync(join(sources, file)))
  entries.push(...globSync('commands/**/*.ts', {cwd: sources}))
  const {output} = await build({
    cwd: sources,
    input: Object.fromEntries(entries.map((file) => [file.replace(/\.ts$/, ''), join(sources, file)])),
    platform: 'node',
    // oclif asks for them in development only.
    external: ['typescript', 'tsx', 'ts-node'],
    // The CommonJS builds of the SDK cannot be split or shaken, and their dynamic imports lose their named exports.
    resolve: {mainFields: ['module', 'main'], extensionAlias: {'.js': ['.ts', '.js']}},
    output: {
      dir: dist,
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name]-[hash].js',
      minify: true,
    },
  })
  return output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []))
}

/** Without the manifest oclif imports every command to learn their names: six times the start-up. */
async function writeManifest(folder) {
  const pjson = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const plugin = new Plugin({
    root: folder,
    pjson,
    isRoot: true,
    ignoreManifest: true,
    errorOnManifestCreate: true,
    respectNoCacheDefault: true,
  })
  await plugin.load()
  for (const command of Object.values(plugin.manifest.commands)) command.flags = inHelpOrder(command.flags)
  writeFileSync(join(folder, 'oclif.manifest.json'), `${JSON.stringify(plugin.manifest)}\n`)
}

/**
 * Help shows flags and their groups in the order of the manifest: a command's own first, the global ones last, and in
 * each group those with a letter first, since oclif takes the indentation from the first line.
 */
function inHelpOrder(flags) {
  const rank = ({helpGroup, char}) => (helpGroup === 'GLOBAL' ? 2 : 0) + (char === undefined ? 1 : 0)
  return Object.fromEntries(Object.entries(flags).sort(([, left], [, right]) => rank(left) - rank(right)))
}
