import {fileURLToPath} from 'node:url'

/** The Node.js of the devDependencies; the machine's may be too old for the program. */
export const nodeProgram = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url))
