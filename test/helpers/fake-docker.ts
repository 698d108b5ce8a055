import {existsSync} from 'node:fs'
import {chmod, mkdtemp, readFile, realpath, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

export interface FakeDocker {
  /** For the program, so that it takes this docker. */
  readonly env: Readonly<Record<string, string>>
  /** A folder for one test to build, with this Dockerfile. */
  project(dockerfile: string): Promise<string>
  /** What docker was asked for, oldest first. */
  calls(): Promise<readonly {readonly args: readonly string[]; readonly stdin: string}[]>
  remove(): Promise<void>
}

/** A docker of its own: what it builds and which registries it knows is forgotten with it. */
export async function createFakeDocker(failure?: 'daemon-down' | 'push-denied'): Promise<FakeDocker> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'fargate-docker-'))
  const program = fileURLToPath(new URL('../fixtures/docker.mjs', import.meta.url))
  await chmod(program, 0o755)
  return {
    env: {
      FARGATE_DOCKER: program,
      FAKE_DOCKER_FOLDER: folder,
      DOCKER_CONFIG: folder,
      ...(failure !== undefined && {FAKE_DOCKER_FAILURE: failure}),
    },
    async project(dockerfile) {
      const project = await mkdtemp(join(folder, 'project-'))
      await writeFile(join(project, 'Dockerfile'), dockerfile)
      return project
    },
    async calls() {
      const file = join(folder, 'calls.jsonl')
      if (!existsSync(file)) return []
      return (await readFile(file, 'utf8'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    },
    remove: () => rm(folder, {force: true, recursive: true}),
  }
}
