import {spawn} from 'node:child_process'

const graceMs = 10_000

/**
 * Runs a program to its end and answers its exit code, and its output where `capture` asks for it; the exit code is
 * undefined where there is no such program.
 *
 * It runs in a group of its own: a Ctrl-C reaches this program alone, which passes it on once, when `signal` aborts.
 */
export function runProgram([file, ...args], {env, cwd, capture = false, signal, timeoutMs} = {}) {
  const stdio = capture ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit']
  const child = spawn(file, args, {env, cwd, stdio, detached: true})
  const output = {stdout: '', stderr: ''}
  for (const name of ['stdout', 'stderr']) {
    child[name]?.setEncoding('utf8').on('data', (text) => {
      output[name] += text
    })
  }
  const end = endOf(child)
  signal?.addEventListener('abort', end)
  if (signal?.aborted) end()
  const timer = timeoutMs === undefined ? undefined : setTimeout(end, timeoutMs)
  return new Promise((resolve, reject) => {
    child.once('error', (error) => (error.code === 'ENOENT' ? resolve({...output}) : reject(error)))
    child.once('close', (exitCode, killedBy) => resolve({...output, exitCode: exitCode ?? killedBy}))
  }).finally(() => {
    end.over()
    clearTimeout(timer)
    signal?.removeEventListener('abort', end)
  })
}

/** Asks a program to end, as Ctrl-C does; one that does not is killed with all that it has started. */
function endOf(child) {
  let timer
  const end = () => {
    child.kill('SIGINT')
    timer ??= setTimeout(() => process.kill(-child.pid, 'SIGKILL'), graceMs)
  }
  end.over = () => clearTimeout(timer)
  return end
}
