// Builds dist/ and oclif.manifest.json: one entry per command, with shared chunks, so that a command loads only its own.
import {existsSync, globSync, rmSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {Plugin} from '@oclif/core'
import {build} from 'rolldown'
import {thirdPartyLicenses} from './third-party-licenses.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
process.chdir(root)

const entries = ['src/cli/entry.ts', 'src/local/main.ts'].filter((file) => existsSync(file))
entries.push(...globSync('commands/**/*.ts'))

rmSync('dist', {force: true, recursive: true})
const {output} = await build({
  input: Object.fromEntries(entries.map((file) => [file.replace(/\.ts$/, ''), file])),
  platform: 'node',
  // oclif asks for them in development only.
  external: ['typescript', 'tsx', 'ts-node'],
  // The CommonJS builds of the SDK cannot be split or shaken, and their dynamic imports lose their named exports.
  resolve: {mainFields: ['module', 'main'], extensionAlias: {'.js': ['.ts', '.js']}},
  output: {
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    minify: true,
  },
})

const modules = output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []))
writeFileSync(join('dist', 'THIRD_PARTY_LICENSES.txt'), thirdPartyLicenses(modules))

const plugin = new Plugin({
  root,
  isRoot: true,
  ignoreManifest: true,
  errorOnManifestCreate: true,
  respectNoCacheDefault: true,
})
await plugin.load()
writeFileSync('oclif.manifest.json', `${JSON.stringify(plugin.manifest, null, 2)}\n`)
