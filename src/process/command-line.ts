import {redact} from './redact.js'

const plain = /^[\w@%+=:,./-]+$/

/**
 * A command as a person would type it in a POSIX shell: what is shown is what runs, quoted where a shell needs it.
 *
 * @param options.env variables that are set for this command alone, shown before it
 * @param options.secrets values that are never shown
 */
export function describeCommand(
  command: readonly string[],
  {env = {}, secrets = []}: {env?: Readonly<Record<string, string>>; secrets?: readonly string[]} = {},
): string {
  const show = (argument: string) => quote(redact(argument, secrets))
  const variables = Object.entries(env).map(([name, value]) => `${name}=${show(value)}`)
  return [...variables, ...command.map(show)].join(' ')
}

function quote(argument: string): string {
  return plain.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`
}
