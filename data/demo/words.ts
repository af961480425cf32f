/** Word lists, written as readers write them. */

/** Splits a comma-separated list, which may run over several lines. */
export function words(text: string): readonly string[] {
  return text.split(/,\s*/)
}
