export {connectEngine, engineSocket} from './connect-engine.js'
export type {Engine} from './engine.js'
export type {DockerRuntime} from './runtime.js'
export {createDockerRuntime, removeBroughtImages, removeLeftovers} from './runtime.js'
