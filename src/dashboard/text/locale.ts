/** Numbers, durations and dates as one language writes them. */

export interface Locale {
  /** BCP 47. */
  readonly tag: string
  /** The same language as one country writes numbers and dates in it. */
  readonly regionalTag: string
  readonly direction: 'ltr' | 'rtl'
  number(value: number | bigint, options?: Intl.NumberFormatOptions): string
  /** 0.43 is "43 %". */
  percent(share: number): string
  milliseconds(duration: number): string
  /** Of an ISO time. */
  moment(time: string): string
}

/** Scripts written from the right; none of ours yet, but a page may say so of its own. */
const rightToLeft = /^(ar|fa|he|ur)\b/

export function createLocale(tag: string, regionalTag = tag): Locale {
  const number: Locale['number'] = (value, options) =>
    new Intl.NumberFormat(regionalTag, options).format(value)
  const moments = new Intl.DateTimeFormat(regionalTag, { dateStyle: 'medium', timeStyle: 'short' })
  return {
    tag,
    regionalTag,
    direction: rightToLeft.test(tag) ? 'rtl' : 'ltr',
    number,
    percent: (share) => number(share, { style: 'percent', maximumFractionDigits: 0 }),
    milliseconds(duration) {
      if (duration < 1_000) return `${number(Math.round(duration))} ms`
      const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 }
      return `${number(duration / 1_000, digits)} s`
    },
    moment: (time) => moments.format(new Date(time)),
  }
}
