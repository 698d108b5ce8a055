import {copyFile, mkdir, mkdtemp, rm, symlink} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {execa} from 'execa'

/** Debian's static busybox: the one program here that runs in an image of its own, without a registry to pull from. */
const busybox = '/bin/busybox'
const applets = [
  'sh',
  'cat',
  'dd',
  'echo',
  'false',
  'hostname',
  'httpd',
  'id',
  'mkdir',
  'printf',
  'sleep',
  'true',
  'wget',
]

/** Puts a root file system with busybox into a folder, as the context of an image `FROM scratch`. */
export async function busyboxRoot(folder: string): Promise<void> {
  await mkdir(join(folder, 'bin'), {recursive: true})
  await mkdir(join(folder, 'tmp'))
  await copyFile(busybox, join(folder, 'bin', 'busybox'))
  await Promise.all(applets.map((applet) => symlink('busybox', join(folder, 'bin', applet))))
}

/** Makes an image with busybox in the engine, under a name that exists nowhere else. */
export async function importBusybox(): Promise<{readonly image: string; remove(): Promise<void>}> {
  const folder = await mkdtemp(join(tmpdir(), 'busybox-'))
  const image = `fargate-test-${folder.slice(-6).toLowerCase()}:busybox`
  const archive = `${folder}.tar`
  try {
    await busyboxRoot(folder)
    await execa('tar', ['-c', '-f', archive, '-C', folder, '.'])
    await execa('docker', ['import', archive, image])
  } finally {
    await Promise.all([rm(folder, {recursive: true}), rm(archive, {force: true})])
  }
  return {
    image,
    async remove() {
      await execa('docker', ['image', 'rm', '--force', image])
    },
  }
}
