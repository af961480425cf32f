/** Builds small safetensors files for tests. */

export function safetensorsOf(
  tensors: Readonly<Record<string, { shape: readonly number[]; values: readonly number[] }>>,
): Buffer {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } }
  const chunks: Buffer[] = []
  let offset = 0
  for (const [name, { shape, values }] of Object.entries(tensors)) {
    const chunk = Buffer.from(Float32Array.from(values).buffer)
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + chunk.length] }
    chunks.push(chunk)
    offset += chunk.length
  }
  const text = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(text.length))
  return Buffer.concat([length, text, ...chunks])
}
