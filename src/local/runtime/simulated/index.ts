export {createSimulatedRuntime} from './runtime.js'
