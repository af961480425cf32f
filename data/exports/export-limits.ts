/** How much one file of a result may hold; what is left out is said. */
import type { ReadLimits } from '../read-all.js'

export type ExportFormat = 'csv' | 'parquet' | 'xlsx' | 'json'

/** Enough for what anybody opens again, and so little that a few at once neither fill a disk nor stay for long. */
const usualLimits: ReadLimits = {
  maxRows: 1_000_000,
  maxColumns: 1_000,
  maxBytes: 200_000_000,
  maxCellCharacters: 1_000_000,
  timeoutMs: 60_000,
}

export const exportLimits: Readonly<Record<ExportFormat, ReadLimits>> = {
  csv: usualLimits,
  json: usualLimits,
  parquet: usualLimits,
  // A workbook is made in memory, and its cells hold no more characters; rows are Excel's, less the one with the names.
  xlsx: {
    ...usualLimits,
    maxRows: 1_048_575,
    maxBytes: 16_000_000,
    maxCellCharacters: 32_767,
  },
}
