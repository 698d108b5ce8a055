import {readFileSync} from 'node:fs'

/** In the order in which the scripts need each other. */
const names = {
  html: 'page.html',
  css: 'page.css',
  scripts: ['morph.js', 'texts.js', 'store.js', 'services.js', 'tasks.js', 'traffic.js', 'requests.js', 'page.js'],
}

const read = (name: string): string => readFileSync(new URL(`./browser/${name}`, import.meta.url), 'utf8')

/** The files of the page. The build puts their text in the place of this module: the program has no such folder. */
export const pageFiles: {readonly html: string; readonly css: string; readonly scripts: readonly string[]} = {
  html: read(names.html),
  css: read(names.css),
  scripts: names.scripts.map(read),
}
