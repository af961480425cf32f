/** How numbers of a measure look on axes, in hover texts and beside bars (d3-format, as Plotly takes it). */
import type { NumberStyle } from './chart-choice.js'

export interface NumberFormat {
  /** Used as `%{y:…}` in hover texts and as `valueformat`. */
  readonly full: string
  /** Written after a number. */
  readonly suffix: string
  /** Axis settings beside the range. */
  readonly axis: Readonly<Record<string, unknown>>
}

const formats: Readonly<Record<NumberStyle, NumberFormat>> = {
  whole: { full: ',d', suffix: '', axis: { exponentformat: 'B', separatethousands: true } },
  plain: { full: ',.2f', suffix: '', axis: { exponentformat: 'B', separatethousands: true } },
  fraction: { full: ',.1%', suffix: '', axis: { tickformat: ',~%' } },
  percent: { full: ',.1~f', suffix: '%', axis: { ticksuffix: '%' } },
}

/** Numbers below one keep more decimals, which two would round away. */
export function numberFormat(style: NumberStyle, values: readonly (number | null)[]): NumberFormat {
  const largest = values.reduce<number>((most, value) => Math.max(most, Math.abs(value ?? 0)), 0)
  const format = formats[style]
  return style === 'plain' && largest < 1 ? { ...format, full: ',.4~f' } : format
}

/** `1234567` → `1.2M`: the short text beside a bar. */
export function shortNumber(value: number | null, style: NumberStyle): string {
  if (value === null) return ''
  if (style === 'fraction') return `${format(value * 100)}%`
  return `${format(value)}${style === 'percent' ? '%' : ''}`
}

function format(value: number): string {
  const small = Math.abs(value) < 1
  return new Intl.NumberFormat('en', {
    notation: 'compact',
    ...(small ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 1 }),
  }).format(value)
}
