/**
 * A program that does nothing but wait, as an ELF file of machine code: it keeps a task's network namespace open while
 * the task's containers come and go. No image can be counted on to hold such a program, and none need be pulled for it.
 *
 * @param architecture of the engine, as image manifests spell it
 * @throws Error for an architecture without machine code here
 */
export function pauseProgram(architecture: string): Buffer {
  const target = TARGETS[architecture]
  if (target === undefined) throw new Error(`tasks cannot run on a docker engine for ${architecture}`)
  return executable(target.machine, target.code)
}

const words = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, index * 4)
  return bytes
}

const TARGETS: Readonly<Record<string, {readonly machine: number; readonly code: Buffer}>> = {
  // mov eax, 34 (pause); syscall; jmp to the start
  amd64: {machine: 62, code: Buffer.from([0xb8, 34, 0, 0, 0, 0x0f, 0x05, 0xeb, 0xf7])},
  // mov x0..x3, 0; mov x8, 73 (ppoll, arm64 has no pause); svc 0; b to the system call's set-up
  arm64: {
    machine: 183,
    code: words(0xd2800000, 0xd2800001, 0xd2800002, 0xd2800003, 0xd2800928, 0xd4000001, 0x17fffffa),
  },
}

const FILE_HEADER_BYTES = 64
const PROGRAM_HEADER_BYTES = 56
const BASE_ADDRESS = 0x400000n
/** Fits kernels with pages of 4 to 64 KiB. */
const ALIGNMENT = 0x10000n

/** A static ELF executable, 64 bits, little endian, with one readable and executable segment. */
function executable(machine: number, code: Buffer): Buffer {
  const headers = Buffer.alloc(FILE_HEADER_BYTES + PROGRAM_HEADER_BYTES)
  const size = BigInt(headers.length + code.length)
  headers.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
  headers.writeUInt16LE(2, 16)
  headers.writeUInt16LE(machine, 18)
  headers.writeUInt32LE(1, 20)
  headers.writeBigUInt64LE(BASE_ADDRESS + BigInt(headers.length), 24)
  headers.writeBigUInt64LE(BigInt(FILE_HEADER_BYTES), 32)
  headers.writeUInt16LE(FILE_HEADER_BYTES, 52)
  headers.writeUInt16LE(PROGRAM_HEADER_BYTES, 54)
  headers.writeUInt16LE(1, 56)
  headers.writeUInt16LE(64, 58)
  headers.writeUInt32LE(1, 64)
  headers.writeUInt32LE(5, 68)
  headers.writeBigUInt64LE(BASE_ADDRESS, 80)
  headers.writeBigUInt64LE(BASE_ADDRESS, 88)
  headers.writeBigUInt64LE(size, 96)
  headers.writeBigUInt64LE(size, 104)
  headers.writeBigUInt64LE(ALIGNMENT, 112)
  return Buffer.concat([headers, code])
}
