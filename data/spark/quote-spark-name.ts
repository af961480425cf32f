/** Writes a name into Spark's SQL so that it stays a name, whatever stands in it. */
export function quoteSparkName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}
