import type {Clock} from '../clock.js'

type Method = (...parameters: never[]) => unknown

/** A port that has `mark` called after each call of the methods named, which change something. */
export function markingPort<Port extends object>(port: Port, names: readonly (keyof Port)[], mark: () => void): Port {
  const marking = {...port}
  for (const name of names) {
    const method = port[name] as Method
    const marked: Method = (...parameters) => {
      try {
        return method.apply(port, parameters)
      } finally {
        mark()
      }
    }
    marking[name] = marked as Port[typeof name]
  }
  return marking
}

/** A clock that has `mark` called after everything that happens on it. */
export const markingClock = (clock: Clock, mark: () => void): Clock => ({
  now: () => clock.now(),
  after: (milliseconds, run) =>
    clock.after(milliseconds, () => {
      run()
      mark()
    }),
})
