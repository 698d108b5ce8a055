import {createHash} from 'node:crypto'
import {pageFiles} from './page-files.js'

export interface Page {
  readonly html: string
  readonly headers: Readonly<Record<string, string>>
}

let made: Page | undefined

/** The page that shows a local AWS live: one document that loads nothing else, and may run only its own script. */
export function localPage(): Page {
  made ??= makePage(pageFiles)
  return made
}

function makePage({html, css, scripts}: typeof pageFiles): Page {
  const script = joinModules(scripts)
  // The texts are put in by functions, since `$&` in a replacement would mean something.
  const document = html.replace('/* style */', () => css).replace('/* script */', () => script)
  return {
    html: document,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': policy(script, css),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  }
}

/**
 * One module of several that only import each other: without their imports and exports they share one scope.
 *
 * @param scripts in the order in which they need each other
 */
function joinModules(scripts: readonly string[]): string {
  return scripts
    .map((script) => script.replaceAll(/^import [^']*'[^']*'$/gm, '').replaceAll(/^export (?=\w)/gm, ''))
    .join('\n')
}

const policy = (script: string, css: string): string =>
  [
    "default-src 'none'",
    `script-src '${hash(script)}'`,
    `style-src '${hash(css)}'`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

const hash = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`
