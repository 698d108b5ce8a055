import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath, pathToFileURL} from 'node:url'
import {Plugin} from '@oclif/core'
import {build} from 'rolldown'
import {thirdPartyLicenses} from './third-party-licenses.mjs'

const manifestFile = 'oclif.manifest.json'
const sources = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * Makes the program in `folder`: what package.json lists as its files. Each command is an entry of the bundle, and what
 * commands share are chunks, so that a command loads only what it uses.
 *
 * It is built beside its place and moved there as a whole: a program that starts meanwhile never meets half a bundle,
 * and of two builds at once the later one stays.
 *
 * @throws the reason of `signal` once it is aborted and the step under way has ended: the bundler writes files from
 * threads of its own, and can only be cleaned up after when it has.
 */
export async function buildProduct(folder = sources, signal = new AbortController().signal) {
  mkdirSync(folder, {recursive: true})
  const stage = mkdtempSync(join(folder, '.build-'))
  try {
    copyFiles(stage)
    const modules = await bundle(join(stage, 'dist'))
    signal.throwIfAborted()
    writeFileSync(join(stage, 'dist', 'THIRD_PARTY_LICENSES.txt'), thirdPartyLicenses(modules))
    await writeManifest(stage)
    signal.throwIfAborted()
    if (folder !== sources) copyFiles(folder)
    moveFolder(join(stage, 'dist'), join(folder, 'dist'), join(stage, 'former'))
    renameSync(join(stage, manifestFile), join(folder, manifestFile))
  } finally {
    rmSync(stage, {force: true, recursive: true})
  }
}

function copyFiles(folder) {
  mkdirSync(join(folder, 'bin'), {recursive: true})
  for (const file of ['package.json', 'bin/run.js']) copyFileSync(join(sources, file), join(folder, file))
}

/** A folder cannot be renamed to one that has files, so the former one steps aside first. */
function moveFolder(from, to, former, attempts = 100) {
  try {
    rmSync(former, {force: true, recursive: true})
    renameSync(to, former)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
  try {
    renameSync(from, to)
  } catch (error) {
    if (attempts === 0 || !['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code)) throw error
    moveFolder(from, to, former, attempts - 1)
  }
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
    plugins: [pageAsText],
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

/** The program has no source folder beside it to read the page of the local AWS from. */
const pageAsText = {
  name: 'page-as-text',
  load: {
    filter: {id: /src\/local\/page\/page-files\.ts$/},
    async handler(id) {
      const {pageFiles} = await import(pathToFileURL(id).href)
      return `export const pageFiles = ${JSON.stringify(pageFiles)}`
    },
  },
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
  writeFileSync(join(folder, manifestFile), `${JSON.stringify(plugin.manifest)}\n`)
}

/**
 * Help shows flags and their groups in the order of the manifest: a command's own first, the global ones last, and in
 * each group those with a letter first, since oclif takes the indentation from the first line.
 */
function inHelpOrder(flags) {
  const rank = ({helpGroup, char}) => (helpGroup === 'GLOBAL' ? 2 : 0) + (char === undefined ? 1 : 0)
  return Object.fromEntries(Object.entries(flags).sort(([, left], [, right]) => rank(left) - rank(right)))
}
